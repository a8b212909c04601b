package bellwether.nps;

import java.util.Locale;

/** What a survey asks for. Only NPS answers enter an NPS figure; the others are stored on their own scale and never blended. */
public enum Metric {
    NPS,
    CSAT,
    CES,
    OTHER;

    /** Reads {@code nps}, {@code csat}, {@code ces} or {@code other}, in any capitals; anything else is refused. */
    public static Metric parse(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "nps" -> NPS;
            case "csat" -> CSAT;
            case "ces" -> CES;
            case "other" -> OTHER;
            default ->
                throw new IllegalArgumentException("'" + name + "' is not a metric: use nps, csat, ces or other.");
        };
    }
}
