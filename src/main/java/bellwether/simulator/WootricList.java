package bellwether.simulator;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/** One list endpoint: filter by window, sort, cut a page. */
final class WootricList {
    private static final int LAST_PAGE = 30;
    private static final int LARGEST_PAGE = 50;
    private static final int USUAL_PAGE = 25;
    private static final Set<String> ORDERS = Set.of("asc", "desc");

    private record Sorted(long version, int size, int[] order) {}

    private final Rows rows;
    private final Set<String> keys;
    private final String usualKey;
    private final boolean updatedFilter;
    private final Map<String, Sorted> orders = new ConcurrentHashMap<>();

    private WootricList(Rows rows, Set<String> keys, String usualKey, boolean updatedFilter) {
        this.rows = rows;
        this.keys = keys;
        this.usualKey = usualKey;
        this.updatedFilter = updatedFilter;
    }

    /** Sorted by creation unless told; an {@code updated[..]} filter is an unknown parameter and is ignored without a word. */
    static WootricList responses(Rows rows) {
        return new WootricList(rows, Set.of("id", "created_at", "updated_at"), "created_at", false);
    }

    /** Sorted by e-mail unless told. */
    static WootricList endUsers(Rows rows) {
        return new WootricList(rows, Set.of("id", "created_at", "updated_at", "email"), "email", true);
    }

    Answer page(Map<String, String> parameters) {
        try {
            int page = number(parameters, "page", 1, 1, LAST_PAGE);
            int size = number(parameters, "per_page", USUAL_PAGE, 1, LARGEST_PAGE);
            boolean rising = choice(parameters, "sort_order", "desc", ORDERS).equals("asc");
            String key = choice(parameters, "sort_key", usualKey, keys);
            Window created = Window.of(parameters, "created");
            Window updated = updatedFilter ? Window.of(parameters, "updated") : Window.ALL;
            return Answer.json(200, rows(created, updated, key, rising, (page - 1) * size, size));
        } catch (Refused refused) {
            return WootricSimulator.refusal(400, refused.getMessage());
        }
    }

    private byte[] rows(Window created, Window updated, String key, boolean rising, int skip, int limit) {
        int size = rows.size();
        int from = first(created.from(), size);
        int to = first(created.to(), size);
        boolean natural = key.equals("id") || key.equals("created_at");
        if (!natural || updated != Window.ALL || rows.someHidden()) {
            return join(filtered(created, updated, natural ? null : key, rising, from, to, skip, limit));
        }
        int count = Math.max(0, Math.min(limit, to - from - skip));
        int start = rising ? from + skip : to - skip - count;
        byte[] slice = count > 0 && rising ? rows.slice(start, start + count) : null;
        if (slice != null) {
            return bracket(slice);
        }
        return join(IntStream.range(0, count).map(k -> rising ? start + k : start + count - 1 - k));
    }

    private IntStream filtered(
            Window created, Window updated, String key, boolean rising, int from, int to, int skip, int limit) {
        IntStream indexes;
        if (key == null) {
            indexes = rising
                    ? IntStream.range(from, to)
                    : IntStream.range(0, Math.max(0, to - from)).map(k -> to - 1 - k);
        } else {
            int[] order = order(key);
            boolean cut = key.equals("updated_at");
            int low = cut ? first(order, updated.from()) : 0;
            int high = cut ? first(order, updated.to()) : order.length;
            indexes = IntStream.range(low, high)
                    .map(k -> rising ? order[k] : order[low + high - 1 - k])
                    .filter(i -> i >= from && i < to);
        }
        return indexes.filter(i -> !rows.hidden(i) && (updated == Window.ALL || updated.holds(rows.updated(i))))
                .skip(skip)
                .limit(limit);
    }

    /** All indexes in the rising order of a key, ties by id; kept until a row changes. */
    private int[] order(String key) {
        long version = rows.version();
        int size = rows.size();
        Sorted kept = orders.get(key);
        if (kept == null || kept.version() != version || kept.size() != size) {
            int[] order;
            if (key.equals("email")) {
                String[] emails = IntStream.range(0, size).mapToObj(rows::email).toArray(String[]::new);
                order = sorted(size, Comparator.comparing((Integer i) -> emails[i]));
            } else {
                long[] times = IntStream.range(0, size).mapToLong(rows::updated).toArray();
                order = sorted(size, Comparator.comparingLong((Integer i) -> times[i]));
            }
            kept = new Sorted(version, size, order);
            orders.put(key, kept);
        }
        return kept.order();
    }

    private static int[] sorted(int size, Comparator<Integer> by) {
        return IntStream.range(0, size)
                .boxed()
                .sorted(by.thenComparing(Comparator.naturalOrder()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The first index whose creation time is not before {@code time}. */
    private int first(long time, int size) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.created(middle) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The first place in the order of updates whose time is not before {@code time}. */
    private int first(int[] order, long time) {
        int low = 0;
        int high = order.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.updated(order[middle]) < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private byte[] join(IntStream indexes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(32_768);
        indexes.forEach(i -> {
            out.writeBytes(rows.row(i));
            out.write(',');
        });
        return bracket(out.toByteArray());
    }

    private static byte[] bracket(byte[] rowsWithCommas) {
        int inner = Math.max(0, rowsWithCommas.length - 1);
        byte[] array = new byte[inner + 2];
        array[0] = '[';
        System.arraycopy(rowsWithCommas, 0, array, 1, inner);
        array[inner + 1] = ']';
        return array;
    }

    private static int number(Map<String, String> parameters, String name, int usual, int least, int most) {
        String text = parameters.get(name);
        if (text == null) {
            return usual;
        }
        long value = Window.number(name, text);
        if (value < least || value > most) {
            throw new Refused(name + " must be from " + least + " to " + most + ", not " + value);
        }
        return (int) value;
    }

    private static String choice(Map<String, String> parameters, String name, String usual, Set<String> choices) {
        String text = parameters.getOrDefault(name, usual);
        if (!choices.contains(text)) {
            throw new Refused(name + " must be one of " + new java.util.TreeSet<>(choices));
        }
        return text;
    }
}
