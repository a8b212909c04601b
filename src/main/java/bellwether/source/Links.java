package bellwether.source;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the header {@code Link}: {@code <https://…>; rel="next", <…>; rel="last"}. */
public final class Links {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>((?:\\s*;\\s*[^;,\"]+(?:\"[^\"]*\")?)*)");
    private static final Pattern REL = Pattern.compile("(?i);\\s*rel\\s*=\\s*(?:\"([^\"]*)\"|([^;,\\s]+))");

    private Links() {}

    /** The address with this relation, or null. */
    public static String named(String header, String rel) {
        Matcher link = LINK.matcher(header == null ? "" : header);
        while (link.find()) {
            Matcher named = REL.matcher(link.group(2));
            if (!named.find()) continue;
            String rels = named.group(1) == null ? named.group(2) : named.group(1);
            for (String one : rels.strip().split("\\s+")) if (one.equalsIgnoreCase(rel)) return link.group(1);
        }
        return null;
    }
}
