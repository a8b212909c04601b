package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Set;

/** A credential. It never prints: only {@link #reveal()} gives the text, for the one place that sends it. */
public final class Secret {
    /** Keys that hold a secret; each may be written with {@code _file} behind it, naming a file that holds the text. */
    static final Set<String> KEYS = Set.of("client_id", "client_secret", "password", "token", "api_key");

    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** The text itself. Call it only where it is sent. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    @JsonValue
    public String toString() {
        return "•••";
    }
}
