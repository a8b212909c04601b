package bellwether.nps;

import bellwether.nps.Response.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Collects what a copy of a response says. Calling a method makes that field present, with null too; not calling it leaves the field
 * absent. Blank text, an empty list and {@code false} for a mere flag are no values; instants are kept to the millisecond.
 */
public final class ResponseBuilder {
    private final ResponseKey key;
    private final EnumMap<Field, Object> values = new EnumMap<>(Field.class);

    ResponseBuilder(ResponseKey key) {
        this.key = key;
    }

    /** Sets any field; the value must be of {@link Field#type()} or null. */
    public ResponseBuilder set(Field field, Object value) {
        if (value != null && !field.type().isInstance(value)) {
            throw new IllegalArgumentException(
                    field + " takes a " + field.type().getSimpleName() + ", not a "
                            + value.getClass().getSimpleName() + ".");
        }
        values.put(field, value == null ? null : canonical(field, value));
        return this;
    }

    public ResponseBuilder survey(String survey) {
        return set(Field.SURVEY, survey);
    }

    public ResponseBuilder respondent(String respondent) {
        return set(Field.RESPONDENT, respondent);
    }

    public ResponseBuilder metric(Metric metric) {
        return set(Field.METRIC, metric);
    }

    public ResponseBuilder score(Integer score) {
        return set(Field.SCORE, score);
    }

    public ResponseBuilder comment(String comment) {
        return set(Field.COMMENT, comment);
    }

    public ResponseBuilder answeredAt(Instant answeredAt) {
        return set(Field.ANSWERED_AT, answeredAt);
    }

    /** For tools that tell the day only: local noon of that day. */
    public ResponseBuilder answeredOn(LocalDate date, ZoneId zone) {
        return answeredAt(date.atTime(LocalTime.NOON).atZone(zone).toInstant()).set(Field.DATE_ONLY, true);
    }

    public ResponseBuilder createdAt(Instant createdAt) {
        return set(Field.CREATED_AT, createdAt);
    }

    public ResponseBuilder updatedAt(Instant updatedAt) {
        return set(Field.UPDATED_AT, updatedAt);
    }

    public ResponseBuilder excluded(boolean excluded) {
        return set(Field.EXCLUDED, excluded);
    }

    public ResponseBuilder completed(Boolean completed) {
        return set(Field.COMPLETED, completed);
    }

    public ResponseBuilder channel(String channel) {
        return set(Field.CHANNEL, channel);
    }

    public ResponseBuilder tags(List<String> tags) {
        return set(Field.TAGS, tags);
    }

    /** All of them: a property missing here is gone. */
    public ResponseBuilder properties(Map<String, String> properties) {
        return set(Field.PROPERTIES, properties);
    }

    public Response build() {
        EnumMap<Field, Object> copy = new EnumMap<>(values);
        if (copy.containsKey(Field.ANSWERED_AT)) {
            // A new date brings its own precision, or an earlier copy's "day only" would stick to it.
            copy.putIfAbsent(Field.DATE_ONLY, null);
        }
        return new Response(key, copy);
    }

    private static Object canonical(Field field, Object value) {
        if (value instanceof String text) {
            return text.isBlank() ? null : text;
        }
        if (value instanceof Instant instant) {
            return instant.getNano() % 1_000_000 == 0 ? instant : instant.truncatedTo(ChronoUnit.MILLIS);
        }
        if (field == Field.DATE_ONLY || field == Field.EXCLUDED) {
            return Boolean.TRUE.equals(value) ? true : null;
        }
        if (field == Field.TAGS) {
            List<?> list = (List<?>) value;
            if (list.size() < 2) {
                return list.isEmpty() ? null : List.copyOf(list);
            }
            TreeSet<String> sorted = new TreeSet<>();
            list.forEach(item -> sorted.add((String) item));
            return sorted.isEmpty() ? null : List.copyOf(sorted);
        }
        if (field == Field.PROPERTIES) {
            Map<?, ?> map = (Map<?, ?>) value;
            TreeMap<String, String> sorted = new TreeMap<>();
            map.forEach((name, text) -> {
                if (text != null) {
                    sorted.put((String) name, (String) text);
                }
            });
            return sorted.isEmpty() ? null : Collections.unmodifiableMap(sorted);
        }
        return value;
    }
}
