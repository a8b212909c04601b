package bellwether.nps;

import java.util.Locale;

/** Which answers of one person count. */
public enum Policy {
    /** A person's latest answer within the window. */
    LATEST_PER_PERSON,
    /** Every answer. */
    ALL_RESPONSES;

    /** The name used in YAML and REST, such as {@code latest_per_person}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #label()} writes; anything else is refused. */
    public static Policy parse(String label) {
        for (Policy policy : values()) {
            if (policy.label().equals(label.strip())) {
                return policy;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is not a policy: use latest_per_person or all_responses.");
    }
}
