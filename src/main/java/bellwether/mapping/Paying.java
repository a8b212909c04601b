package bellwether.mapping;

import java.math.BigDecimal;
import java.util.List;

/**
 * Which active accounts are paying ones: those of which coverage says how many have answered.
 *
 * @param by {@code revenue}, {@code all}, or the name of an attribute of accounts
 * @param values one of which the attribute of a paying account has, capitals aside; empty beside the other two
 */
public record Paying(String by, List<String> values) {
    public static final Paying REVENUE = new Paying("revenue", null);
    public static final Paying ALL = new Paying("all", null);

    public Paying {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /** The attribute that decides, or null. */
    public String attribute() {
        return attribute(by) ? by : null;
    }

    static boolean attribute(String by) {
        return !by.equals(REVENUE.by()) && !by.equals(ALL.by());
    }

    /**
     * Whether an active account pays.
     *
     * @param revenue may be null
     * @param value of {@link #attribute()}, or null
     */
    public boolean pays(BigDecimal revenue, String value) {
        if (attribute(by)) {
            return value != null && values.stream().anyMatch(value.strip()::equalsIgnoreCase);
        }
        return by.equals(ALL.by()) || revenue != null && revenue.signum() > 0;
    }

    /** In words, to be printed beside the number. */
    public String text() {
        return attribute(by)
                ? "active accounts whose " + by + " is " + String.join(" or ", values)
                : by.equals(ALL.by()) ? "all active accounts" : "active accounts with revenue above 0";
    }
}
