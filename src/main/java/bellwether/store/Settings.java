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

    /** The same, and it stays so until this transaction ends. */
    static Optional<String> hold(Handle h, Store store, String name) {
        return h.createQuery("SELECT value FROM setting WHERE name = :name" + store.shared())
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
