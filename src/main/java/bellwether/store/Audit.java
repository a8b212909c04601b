package bellwether.store;

import org.jdbi.v3.core.Handle;

/** Who did what, for later questions. */
final class Audit {
    static void record(Handle h, String actor, String action, String detail, long now) {
        h.createUpdate("INSERT INTO audit (at, actor, action, detail) VALUES (:now, :actor, :action, :detail)")
                .bind("now", now)
                .bind("actor", actor)
                .bind("action", action)
                .bind("detail", detail)
                .execute();
    }

    private Audit() {}
}
