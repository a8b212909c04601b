package bellwether.health;

import java.util.Locale;

/** In what a tool's own figure may differ from ours, in the order in which a comparison goes from theirs to ours. */
public enum Difference {
    /** Every answer of a person counts there, here the latest. */
    POLICY("it counts every answer of a person, we the latest", "latest answer per person"),
    /** Answers without a score are in its n. */
    UNSCORED("it counts answers without a score in n", "without unscored answers"),
    /** Answers that the tool keeps out of its calculations are in all the same. */
    EXCLUDED("it counts answers marked as excluded", "without excluded answers"),
    /** Answers that are not completed, though here they wait or are left out. */
    PARTIAL("it counts answers that are not completed", "without partial answers"),
    /** Answers that seem to be given twice. */
    DUPLICATES("it counts suspected duplicates", "without suspected duplicates"),
    /** Its days begin at midnight UTC. */
    ZONE("its days begin at midnight UTC", "days in our zone"),
    /** People whom the CRM does not know, or not for certain. */
    UNMATCHED("it counts people whom the CRM does not know", "without unmatched people"),
    /** Accounts that have left. */
    CHURNED("it counts accounts that have left", "without accounts that left");

    private final String theirs;
    private final String ours;

    Difference(String theirs, String ours) {
        this.theirs = theirs;
        this.ours = ours;
    }

    /** The name used in REST, such as {@code unmatched}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the tool does otherwise, as the end of a sentence. */
    public String theirs() {
        return theirs;
    }

    /** What is done here, in at most 28 characters. */
    public String ours() {
        return ours;
    }

    int bit() {
        return 1 << ordinal();
    }
}
