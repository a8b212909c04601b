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
import java.util.function.Function;

/** Turns one record of a tool into a {@link Row}: for each of our words a place in the record and a conversion. Thread-safe. */
public final class FieldMap {
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Duration AHEAD = Duration.ofMinutes(5);

    private static final Object[] NOTHING = nothing();

    private record Step(
            Word word, FieldRule rule, Conversion as, Times times, Reading reading, String field, Object constant) {}

    private final Step[] steps;
    private final Clock clock;

    private FieldMap(List<Step> steps, Clock clock) {
        this.steps = steps.toArray(Step[]::new);
        this.clock = clock;
    }

    /** The same for a tool without settings of its own. */
    public static FieldMap of(Map<Word, FieldRule> rules, Times times, ZoneId naive, Clock clock) {
        return of(rules, times, naive, clock, setting -> null);
    }

    /**
     * Compiles the rules; an IllegalArgumentException says in a sentence what is wrong.
     *
     * @param times used by every instant that names no formats of its own
     * @param clock to recognise dates that lie more than five minutes ahead
     * @param settings the connection's settings, by name, null for one that is not set
     */
    public static FieldMap of(
            Map<Word, FieldRule> rules, Times times, ZoneId naive, Clock clock, Function<String, String> settings) {
        List<Step> steps = new ArrayList<>();
        rules.forEach((word, rule) -> {
            Conversion as = rule.as() == null ? word.usual : rule.as();
            Times own = rule.formats() == null ? times : new Times(rule.formats(), naive);
            Reading reading = new Reading(rule, settings);
            steps.add(new Step(word, rule, as, own, reading, reading.field(), constant(rule, as, own)));
        });
        return new FieldMap(steps, clock);
    }

    private static Object[] nothing() {
        Object[] values = new Object[Word.values().length];
        Arrays.fill(values, Row.ABSENT);
        return values;
    }

    private static Object constant(FieldRule rule, Conversion as, Times times) {
        if (rule.value() == null) return Row.ABSENT;
        try {
            return Convert.convert(TextNode.valueOf(rule.value()), as, times, rule.scale());
        } catch (Convert.Unfit e) {
            throw new IllegalArgumentException(
                    "the constant '" + rule.value() + "' does not fit: " + e.getMessage(), e);
        }
    }

    /** Maps a record. The first value that does not fit becomes the row's fault; the others are still read. */
    public Row map(JsonNode record) {
        Object[] values = NOTHING.clone();
        Fault.Record fault = null;
        Instant now = null;
        for (Step step : steps) {
            try {
                Object value = Row.ABSENT;
                // Most lines name one field of the record, which is had without more ado.
                Reading.Values found = step.field == null ? step.reading.of(record) : null;
                JsonNode node = found == null ? record.get(step.field) : found.next();
                while (node != null) {
                    value = Convert.convert(node, step.as, step.times, step.rule.scale());
                    if (value != null) break;
                    node = found == null ? null : found.next();
                }
                if (node == null && step.constant != Row.ABSENT) value = step.constant;
                if (value instanceof Instant instant) {
                    if (now == null) now = clock.instant();
                    boolean day = step.word == Word.ANSWERED_AT && node != null && step.times.dateOnly(node);
                    if (day) values[Word.DATE_ONLY.ordinal()] = true;
                    // The noon of today may lie ahead; the answer does not.
                    if (day && instant.isAfter(now) && instant.isBefore(now.plus(Duration.ofHours(36)))) value = now;
                    else check(instant, step.word == Word.DO_NOT_SURVEY_UNTIL ? instant : now);
                }
                values[step.word.ordinal()] = value;
            } catch (Convert.Unfit e) {
                if (fault == null) fault = fault(e, step);
            }
        }
        return new Row(values, fault);
    }

    private static void check(Instant instant, Instant now) {
        if (instant.isBefore(EARLIEST))
            throw new Convert.Unfit("DATE_UNREADABLE", "The date lies before the year 2000.");
        if (instant.isAfter(now) && instant.isAfter(now.plus(AHEAD)))
            throw new Convert.Unfit("DATE_IN_FUTURE", "The date lies more than five minutes ahead.");
    }

    private static Fault.Record fault(Convert.Unfit unfit, Step step) {
        return new Fault.Record(
                "pull",
                unfit.code,
                unfit.getMessage() + " It stands at '" + String.join(", ", step.rule.paths()) + "', mapped to "
                        + step.word.word() + ".",
                "Correct the record in the tool or the line '" + step.word.word() + "' of its mapping, then replay.");
    }
}
