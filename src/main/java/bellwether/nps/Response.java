package bellwether.nps;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One answer as a tool told it: the fields that were present in a copy, or, once merged, all we know of it. A field may be absent
 * (nothing said), null (said to be empty) or set; accessors give null for the first two, {@link #present()} tells them apart.
 */
public final class Response {
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final ResponseKey key;
    private final EnumMap<Field, Object> values;

    Response(ResponseKey key, EnumMap<Field, Object> values) {
        this.key = key;
        this.values = values;
    }

    /** What can be mapped. The content hash follows this order: add at the end. */
    public enum Field {
        SURVEY(String.class),
        RESPONDENT(String.class),
        METRIC(Metric.class),
        SCORE(Integer.class),
        COMMENT(String.class),
        ANSWERED_AT(Instant.class),
        DATE_ONLY(Boolean.class),
        CREATED_AT(Instant.class),
        UPDATED_AT(Instant.class),
        EXCLUDED(Boolean.class),
        COMPLETED(Boolean.class),
        CHANNEL(String.class),
        TAGS(List.class),
        PROPERTIES(Map.class);

        private final Class<?> type;

        Field(Class<?> type) {
            this.type = type;
        }

        /** The Java type of its value. */
        public Class<?> type() {
            return type;
        }
    }

    public static ResponseBuilder of(String source, String parent, String id) {
        return new ResponseBuilder(new ResponseKey(source, parent, id));
    }

    /**
     * What we know after a copy has arrived: a field the newer one does not mention keeps what the older one says, an explicit null
     * clears it. The newer one is the one with the later {@code updatedAt}; if those are equal or one has none, the copy, as it arrived
     * later. {@code known} is null for a first copy.
     */
    public static Response merge(Response known, Response copy) {
        if (known == null) {
            return copy;
        }
        if (!known.key.equals(copy.key)) {
            throw new IllegalArgumentException(
                    "Only copies of one response are merged, not " + known.key + " and " + copy.key + ".");
        }
        Instant before = known.updatedAt();
        Instant after = copy.updatedAt();
        boolean stale = before != null && after != null && after.isBefore(before);
        EnumMap<Field, Object> merged = new EnumMap<>(stale ? copy.values : known.values);
        merged.putAll(stale ? known.values : copy.values);
        if (after == null && before != null) {
            merged.put(Field.UPDATED_AT, before);
        }
        return new Response(copy.key, merged);
    }

    public ResponseKey key() {
        return key;
    }

    /** The fields this copy says something about, null included. */
    public Set<Field> present() {
        return values.isEmpty() ? EnumSet.noneOf(Field.class) : EnumSet.copyOf(values.keySet());
    }

    /** A field's value, of {@link Field#type()}; null if absent or empty. */
    public Object value(Field field) {
        return values.get(field);
    }

    public String survey() {
        return (String) values.get(Field.SURVEY);
    }

    /** The tool's own id of the person. */
    public String respondent() {
        return (String) values.get(Field.RESPONDENT);
    }

    /** What the tool says it asked for; null where only the survey tells. */
    public Metric metric() {
        return (Metric) values.get(Field.METRIC);
    }

    public Integer score() {
        return (Integer) values.get(Field.SCORE);
    }

    public String comment() {
        return (String) values.get(Field.COMMENT);
    }

    /** When it was answered, or else created; null only in a partial copy that tells neither. */
    public Instant answeredAt() {
        Instant answered = (Instant) values.get(Field.ANSWERED_AT);
        return answered == null ? createdAt() : answered;
    }

    /** True if {@link #answeredAt()} is the date of creation because the tool gave no other. */
    public boolean fallbackDate() {
        return values.get(Field.ANSWERED_AT) == null;
    }

    /** True if the tool tells the day only; the instant is then local noon. */
    public boolean dateOnly() {
        return Boolean.TRUE.equals(values.get(Field.DATE_ONLY));
    }

    public Instant createdAt() {
        return (Instant) values.get(Field.CREATED_AT);
    }

    public Instant updatedAt() {
        return (Instant) values.get(Field.UPDATED_AT);
    }

    /** Excluded from calculations in the tool. */
    public boolean excluded() {
        return Boolean.TRUE.equals(values.get(Field.EXCLUDED));
    }

    /** False while the person may still go on with the survey; null where the tool does not say. */
    public Boolean completed() {
        return (Boolean) values.get(Field.COMPLETED);
    }

    /** True if the tool says that it is not completed. */
    public boolean partial() {
        return Boolean.FALSE.equals(completed());
    }

    public String channel() {
        return (String) values.get(Field.CHANNEL);
    }

    /** Sorted, each once; empty if none. */
    @SuppressWarnings("unchecked")
    public List<String> tags() {
        List<String> tags = (List<String>) values.get(Field.TAGS);
        return tags == null ? List.of() : tags;
    }

    /** Sorted by name; empty if none. */
    @SuppressWarnings("unchecked")
    public Map<String, String> properties() {
        Map<String, String> properties = (Map<String, String>) values.get(Field.PROPERTIES);
        return properties == null ? Map.of() : properties;
    }

    /** SHA-256 of what is known, in hex: the same for the same content, whether a field without value was absent or said to be empty. */
    public String contentHash() {
        return ContentHash.of(Collections.unmodifiableMap(values));
    }

    /** Why it cannot be accepted at this time: {@code DATE_MISSING} or {@code DATE_IN_FUTURE} (over five minutes); null if it can. */
    public Fault.Record problem(Instant now) {
        if (answeredAt() == null) {
            return new Fault.Record(
                    "accept",
                    "DATE_MISSING",
                    "Response " + key + " has neither a date of answer nor of creation.",
                    "Map answered_at or created_at in the tool's mapping and replay it.");
        }
        if (answeredAt().isAfter(now) && answeredAt().isAfter(now.plus(CLOCK_SKEW))) {
            return new Fault.Record(
                    "accept",
                    "DATE_IN_FUTURE",
                    "Response " + key + " is dated " + answeredAt() + ", more than five minutes ahead of now.",
                    "Check the time format of the mapping and the clock of this machine, then replay it.");
        }
        return null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Response that && key.equals(that.key) && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + values.hashCode();
    }

    /** Says which without saying anything personal. */
    @Override
    public String toString() {
        return "Response[" + key + "]";
    }
}
