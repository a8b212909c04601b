package bellwether.simulator;

import java.util.Map;

/** Seconds from (inclusive) to (exclusive), as given by the bounds {@code name[gt|gte|lt|lte|eq]}. */
record Window(long from, long to) {
    static final Window ALL = new Window(Long.MIN_VALUE, Long.MAX_VALUE);

    static Window of(Map<String, String> parameters, String name) {
        long from = Long.MIN_VALUE;
        long to = Long.MAX_VALUE;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String key = parameter.getKey();
            if (!key.startsWith(name + "[")) {
                continue;
            }
            long second = number(key, parameter.getValue());
            switch (key.substring(name.length())) {
                case "[gt]" -> from = Math.max(from, second + 1);
                case "[gte]" -> from = Math.max(from, second);
                case "[lt]" -> to = Math.min(to, second);
                case "[lte]" -> to = Math.min(to, second + 1);
                case "[eq]" -> {
                    from = Math.max(from, second);
                    to = Math.min(to, second + 1);
                }
                default -> throw new Refused(key + " is not a known filter");
            }
        }
        return from == Long.MIN_VALUE && to == Long.MAX_VALUE ? ALL : new Window(from, to);
    }

    boolean holds(long second) {
        return second >= from && second < to;
    }

    static long number(String name, String text) {
        try {
            return Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw new Refused(name + " must be a whole number");
        }
    }
}
