package bellwether.nps;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What makes a response the same response wherever it is seen again.
 *
 * @param source the name declared once for one tool account, shared by pull, webhook and file
 * @param parent the survey or form, where ids are unique only within it; else null
 * @param id the tool's own
 */
public record ResponseKey(String source, String parent, String id) {
    public ResponseKey {
        if (source == null || source.isBlank() || source.indexOf(':') >= 0) {
            throw new IllegalArgumentException("A response needs the name of its source, without a colon.");
        }
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("A response of " + source + " has no id.");
        }
    }

    /** The id kept in CRMs: {@code source:id} or {@code source:parent:id}, and beyond 80 characters its SHA-256 in hex. */
    public String externalId() {
        return ExternalId.of(source + ":" + (parent == null ? "" : escaped(parent) + ":") + id);
    }

    @Override
    public String toString() {
        return source + ":" + (parent == null ? "" : parent + ":") + id;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    private static String escaped(String parent) {
        return parent.replace("%", "%25").replace(":", "%3A");
    }
}
