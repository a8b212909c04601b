package bellwether.simulator;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A query that was understood. */
record Query(
        ObjectType type, List<Path> fields, boolean count, Condition where, List<Order> orders, int limit, int offset) {
    /** Whether a row is wanted. */
    interface Condition {
        boolean holds(Found row);
    }

    /** A row with the org it was found in. */
    record Found(Row row, Org org) {}

    /** One field to sort by; rows without a value come first unless told. */
    record Order(Path path, boolean falling, boolean nullsLast) {
        Comparator<Object> comparator() {
            Comparator<Object> values = Query::compared;
            Comparator<Object> directed = falling ? values.reversed() : values;
            return nullsLast ? Comparator.nullsLast(directed) : Comparator.nullsFirst(directed);
        }
    }

    /** The wanted rows in the wanted order. */
    List<Row> rows(Collection<Row> all, Org org, boolean deletedToo) {
        Stream<Row> wanted =
                all.stream().filter(row -> (deletedToo || !row.deleted()) && where.holds(new Found(row, org)));
        if (!orders.isEmpty()) {
            Comparator<Row> comparator = null;
            for (Order order : orders) {
                Comparator<Object> values = order.comparator();
                Comparator<Row> next = (a, b) ->
                        values.compare(order.path().value(a, org), order.path().value(b, org));
                comparator = comparator == null ? next : comparator.thenComparing(next);
            }
            wanted = wanted.sorted(comparator);
        }
        return wanted.skip(offset).limit(limit).toList();
    }

    static Condition compare(Path path, String operator, Object wanted) {
        return found -> {
            Object value = folded(path, found);
            boolean same = wanted == null
                    ? value == null
                    : wanted instanceof BigDecimal number
                            ? value instanceof BigDecimal other && other.compareTo(number) == 0
                            : wanted.equals(value);
            switch (operator) {
                case "=":
                    return same;
                case "!=", "<>":
                    return !same;
                default:
                    if (wanted == null || value == null) {
                        return false;
                    }
                    int order = compared(value, wanted);
                    return operator.startsWith("<") && order < 0
                            || operator.startsWith(">") && order > 0
                            || operator.length() == 2 && order == 0;
            }
        };
    }

    static Condition in(Path path, List<Object> values) {
        if (path.field().type().number()) {
            return found ->
                    values.stream().anyMatch(value -> compare(path, "=", value).holds(found));
        }
        Set<Object> wanted = new HashSet<>(values);
        return found -> wanted.contains(folded(path, found));
    }

    static Condition like(Path path, Object pattern) {
        StringBuilder regex = new StringBuilder();
        String text = String.valueOf(pattern);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                regex.append(Pattern.quote(String.valueOf(text.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        Pattern compiled = Pattern.compile(regex.toString(), Pattern.DOTALL);
        return found -> {
            Object value = folded(path, found);
            return value != null && compiled.matcher(value.toString()).matches();
        };
    }

    /** Texts are compared without regard to case, ids and times as they are. */
    private static Object folded(Path path, Found found) {
        Object value = path.value(found.row(), found.org());
        return switch (path.field().type()) {
            case STRING, TEXTAREA, EMAIL, PHONE, PICKLIST ->
                value == null ? null : value.toString().toLowerCase(Locale.ROOT);
            default -> value;
        };
    }

    private static int compared(Object a, Object b) {
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y);
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        return a.toString().compareTo(b.toString());
    }
}
