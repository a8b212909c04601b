package bellwether.http;

import java.nio.file.Path;
import java.util.Map;

/**
 * What came over the wire, before anybody judged it.
 *
 * @param headers by lower-case name, first value
 * @param body never null; empty if it lies in a file
 * @param file where a file too large for memory lies, or null
 */
public record Reply(int status, Map<String, String> headers, byte[] body, Path file) {
    public Reply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, null);
    }
}
