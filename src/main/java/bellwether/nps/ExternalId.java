package bellwether.nps;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A key of ours as CRMs keep it: their fields for external ids hold 80 characters. */
public final class ExternalId {
    private static final int LENGTH = 80;

    /** The text itself, and beyond 80 characters its SHA-256 in hex. */
    public static String of(String text) {
        return text.length() <= LENGTH
                ? text
                : HexFormat.of().formatHex(ResponseKey.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private ExternalId() {}
}
