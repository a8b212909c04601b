package bellwether.oracle;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What was compared and what differs. */
public final class Report {
    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> compared = new TreeMap<>();
    private int lost;
    private int doubled;

    /** One sentence per difference; none is the aim. */
    public List<String> differences() {
        return List.copyOf(differences);
    }

    /** How many of the tool's responses are missing in the ledger, or of those that belong there in the CRM. */
    public int lost() {
        return lost;
    }

    /** How many records exist, or were created, more than once. */
    public int doubled() {
        return doubled;
    }

    /** How many things of each kind were looked at. */
    public Map<String, Integer> compared() {
        return Map.copyOf(compared);
    }

    /** A few lines for people; at most 40 differences. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("compared " + compared + ": lost " + lost + ", doubled " + doubled
                + ", differences " + differences.size());
        differences.stream().limit(40).forEach(d -> text.append("\n  ").append(d));
        return text.toString();
    }

    void looked(String kind) {
        compared.merge(kind, 1, Integer::sum);
    }

    void lost(String what) {
        lost++;
        differences.add("lost: " + what);
    }

    void doubled(String what) {
        doubled++;
        differences.add("doubled: " + what);
    }

    void wrong(String what) {
        differences.add(what);
    }

    void same(String where, String field, Object expected, Object actual) {
        boolean equal = expected instanceof Number && actual instanceof Number
                ? number(expected).compareTo(number(actual)) == 0
                : Objects.equals(expected, actual);
        if (!equal) {
            differences.add(where + " " + field + ": expected " + shown(expected) + ", found " + shown(actual));
        }
    }

    /** Equal but for the rounding of the last decimal shown. */
    void near(String where, String field, Double expected, BigDecimal actual) {
        boolean equal = expected == null || actual == null
                ? expected == null && actual == null
                : Math.abs(expected - actual.doubleValue()) <= 0.05 + 1e-9;
        if (!equal) {
            differences.add(where + " " + field + ": expected " + expected + ", found " + actual);
        }
    }

    private static BigDecimal number(Object value) {
        return new BigDecimal(value.toString());
    }

    private static String shown(Object value) {
        String text = String.valueOf(value);
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
