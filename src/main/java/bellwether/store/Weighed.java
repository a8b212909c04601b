package bellwether.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Which attributes of accounts mean something by themselves: an account that has one is refreshed though nobody ever answered for it. */
final class Weighed {
    private static final String NAMES = "weighed";

    /** Remembers them by name. Returns whether they differ from those before. */
    static boolean remember(Handle h, Collection<String> names) {
        Set<String> wanted = new TreeSet<>(names);
        if (names(h).equals(wanted)) {
            return false;
        }
        Settings.write(h, NAMES, String.join("\n", wanted));
        return true;
    }

    static Set<String> names(Handle h) {
        return Settings.read(h, NAMES)
                .filter(names -> !names.isEmpty())
                .map(names -> new TreeSet<>(List.of(names.split("\n"))))
                .orElseGet(TreeSet::new);
    }

    private Weighed() {}
}
