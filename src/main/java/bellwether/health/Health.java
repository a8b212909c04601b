package bellwether.health;

import java.util.Locale;

/** The four states a CRM's picklist shows. */
public enum Health {
    GOOD,
    AVERAGE,
    POOR,
    UNKNOWN;

    /** The value kept, such as {@code good}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value pushed, such as {@code Good}. */
    public String word() {
        return name().charAt(0) + label().substring(1);
    }
}
