package bellwether.http;

import java.time.Instant;

/**
 * What a login gave.
 *
 * @param value never printed
 * @param renewAt when to ask for the next one, or null if only a refusal tells
 */
public record Token(String value, Instant renewAt) {
    @Override
    public String toString() {
        return "***";
    }
}
