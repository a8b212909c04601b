package bellwether.nps;

import java.util.Locale;

/** The band of an NPS score, always derived from the score itself and never taken from a tool's own band field. */
public enum Category {
    /** 9 or 10. */
    PROMOTER(1, "Promoter", "green"),
    /** 7 or 8; tools and CRMs also call it neutral. */
    PASSIVE(0, "Passive", "amber"),
    /** 0 to 6. */
    DETRACTOR(-1, "Detractor", "red");

    private final int band;
    private final String label;
    private final String colour;

    Category(int band, String label, String colour) {
        this.band = band;
        this.label = label;
        this.colour = colour;
    }

    /** The category of a score of 0 to 10; any other number is the caller's mistake. */
    public static Category of(int score) {
        if (score < 0 || score > 10) {
            throw new IllegalArgumentException("A score of 0 to 10 has a category, " + score + " has none.");
        }
        return score >= 9 ? PROMOTER : score >= 7 ? PASSIVE : DETRACTOR;
    }

    /** Reads a label as people and CRMs spell it: any capitals, plural, {@code neutral} for passive, {@code promotor} for promoter. */
    public static Category parse(String label) {
        return switch (label.strip().toLowerCase(Locale.ROOT).replaceAll("s$", "")) {
            case "promoter", "promotor" -> PROMOTER;
            case "passive", "neutral" -> PASSIVE;
            case "detractor" -> DETRACTOR;
            default ->
                throw new IllegalArgumentException(
                        "'" + label + "' is not a category: use promoter, passive (or neutral) or detractor.");
        };
    }

    /** +1, 0 or −1: what one answer of this category adds to promoters minus detractors. */
    public int band() {
        return band;
    }

    /** The word shown to people. */
    public String label() {
        return label;
    }

    /** The colour it is shown in, beside its label and never instead of it. */
    public String colour() {
        return colour;
    }
}
