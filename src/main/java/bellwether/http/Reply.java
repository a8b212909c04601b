package bellwether.http;

import java.util.Map;

/**
 * What came over the wire, before anybody judged it.
 *
 * @param headers by lower-case name, first value
 * @param body never null
 */
public record Reply(int status, Map<String, String> headers, byte[] body) {}
