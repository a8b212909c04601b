package bellwether.command;

import bellwether.daemon.Daemon;
import bellwether.mapping.Settings;
import bellwether.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Questions to the store that change nothing, whether or not a daemon works on it. */
final class Look {
    /** The answer; empty as long as there is no store. */
    static <T> Optional<T> into(Path home, Settings.Store at, Function<Store, T> question) {
        String url = Daemon.url(home, at);
        if (url.startsWith("jdbc:sqlite:") && !Files.exists(Path.of(url.substring("jdbc:sqlite:".length())))) {
            return Optional.empty();
        }
        try (Store store = store(url, at)) {
            return Optional.of(question.apply(store));
        }
    }

    /** The store itself, which is to be closed. */
    static Store store(String url, Settings.Store at) {
        return Store.look(
                url, at.user(), at.password() == null ? null : at.password().reveal());
    }

    private Look() {}
}
