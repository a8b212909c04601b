package bellwether.store;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Small facts that survive a restart. */
final class Settings {
    static Optional<String> read(Handle h, String name) {
        return h.createQuery("SELECT value FROM setting WHERE name = :name")
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /** It stays as it is until this transaction ends. */
    static void hold(Handle h, Store store, String name) {
        held(h, name, store.shared());
    }

    /** The same, and nobody else holds it until then. */
    static void take(Handle h, Store store, String name) {
        held(h, name, store.alone());
    }

    private static void held(Handle h, String name, String how) {
        h.createQuery("SELECT value FROM setting WHERE name = :name" + how)
                .bind("name", name)
                .mapTo(String.class)
                .findOne();
    }

    /** Writes it unless it is there. */
    static void begin(Handle h, String name, String value) {
        h.createUpdate("INSERT INTO setting (name, value) VALUES (:name, :value) ON CONFLICT (name) DO NOTHING")
                .bind("name", name)
                .bind("value", value)
                .execute();
    }

    static void write(Handle h, String name, String value) {
        h.createUpdate("""
                        INSERT INTO setting (name, value) VALUES (:name, :value)
                        ON CONFLICT (name) DO UPDATE SET value = excluded.value""").bind("name", name).bind("value", value).execute();
    }

    static void remove(Handle h, String name) {
        h.createUpdate("DELETE FROM setting WHERE name = :name")
                .bind("name", name)
                .execute();
    }

    private Settings() {}
}
