package bellwether.mapping;

import bellwether.nps.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Turns one record of a tool into a {@link Row}: for each of our words a place in the record and a conversion. Thread-safe. */
public final class FieldMap {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final int WORDS = Word.values().length;

    private record Step(Word word, JsonPlace[] places, String path, Conversion as, Times times, Object constant) {}

    private final Step[] steps;
    private final Clock clock;

    private FieldMap(List<Step> steps, Clock clock) {
        this.steps = steps.toArray(Step[]::new);
        this.clock = clock;
    }

    /**
     * Compiles the rules; an IllegalArgumentException says in a sentence what is wrong.
     *
     * @param times used by every instant that names no formats of its own
     * @param clock to recognise dates that lie more than five minutes ahead
     */
    public static FieldMap of(Map<Word, FieldRule> rules, Times times, ZoneId naive, Clock clock) {
        List<Step> steps = new ArrayList<>();
        rules.forEach((word, rule) -> {
            Conversion as = rule.as() == null ? word.usual : rule.as();
            Times own = rule.formats() == null ? times : new Times(rule.formats(), naive);
            JsonPlace[] places = rule.paths().stream().map(JsonPlace::of).toArray(JsonPlace[]::new);
            steps.add(new Step(word, places, String.join(", ", rule.paths()), as, own, constant(rule, as, own)));
        });
        return new FieldMap(steps, clock);
    }

    private static Object constant(FieldRule rule, Conversion as, Times times) {
        if (rule.value() == null) return Row.ABSENT;
        try {
            return Convert.convert(TextNode.valueOf(rule.value()), as, times);
        } catch (Convert.Unfit e) {
            throw new IllegalArgumentException(
                    "the constant '" + rule.value() + "' does not fit: " + e.getMessage(), e);
        }
    }

    /** Maps a record. The first value that does not fit becomes the row's fault; the others are still read. */
    public Row map(JsonNode record) {
        Object[] values = new Object[WORDS];
        Arrays.fill(values, Row.ABSENT);
        Fault.Record fault = null;
        Instant latest = null;
        for (Step step : steps) {
            try {
                Object value = value(step, record);
                if (value instanceof Instant instant) {
                    if (latest == null) latest = clock.instant().plus(AHEAD);
                    if (instant.isBefore(EARLIEST))
                        throw new Convert.Unfit("DATE_UNREADABLE", "The date lies before the year 2000.");
                    if (instant.isAfter(latest))
                        throw new Convert.Unfit("DATE_IN_FUTURE", "The date lies more than five minutes ahead.");
                }
                values[step.word.ordinal()] = value;
            } catch (Convert.Unfit e) {
                if (fault == null) fault = fault(e, step);
            }
        }
        return new Row(values, fault);
    }

    private static Object value(Step step, JsonNode record) {
        Object value = Row.ABSENT;
        for (JsonPlace place : step.places) {
            JsonNode node = place.in(record);
            if (node == null) continue;
            value = Convert.convert(node, step.as, step.times);
            if (value != null) return value;
        }
        return step.constant == Row.ABSENT ? value : step.constant;
    }

    private static Fault.Record fault(Convert.Unfit unfit, Step step) {
        return new Fault.Record(
                "pull",
                unfit.code,
                unfit.getMessage() + " It stands at '" + step.path + "', mapped to " + step.word.word() + ".",
                "Correct the record in the tool or the line '" + step.word.word() + "' of its mapping, then replay.");
    }
}
