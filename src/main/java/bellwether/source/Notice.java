package bellwether.source;

import java.util.Map;

/**
 * What a tool sent to a webhook's address, as it came.
 *
 * @param suffix what stands behind the connection's name in the address, or empty
 * @param headers by lower-case name, first value
 * @param body raw, since signatures are over the bytes
 */
public record Notice(String suffix, Map<String, String> headers, byte[] body) {
    /** Holds whatever the person wrote, so it says its size only. */
    @Override
    public String toString() {
        return "Notice[" + body.length + " bytes]";
    }
}
