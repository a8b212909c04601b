package bellwether.mapping;

import bellwether.nps.Fault;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A record of a tool in our words. A field may be absent (the tool did not say), null (the tool said nothing is there) or a value. */
public final class Row {
    static final Object ABSENT = new Object();

    private final Object[] values;
    private final Fault.Record fault;

    Row(Object[] values, Fault.Record fault) {
        this.values = values;
        this.fault = fault;
    }

    /** Why the record cannot be used, or null if it can; the fields read before the fault still have values. */
    public Fault.Record fault() {
        return fault;
    }

    /** True if the record says something about the field, be it null. */
    public boolean has(Word word) {
        return values[word.ordinal()] != ABSENT;
    }

    /** The value, or null if absent or null. */
    public Object value(Word word) {
        Object value = values[word.ordinal()];
        return value == ABSENT ? null : value;
    }

    public String text(Word word) {
        return (String) value(word);
    }

    public Integer number(Word word) {
        return (Integer) value(word);
    }

    public Boolean flag(Word word) {
        return (Boolean) value(word);
    }

    public Instant instant(Word word) {
        return (Instant) value(word);
    }

    @SuppressWarnings("unchecked")
    public List<String> list(Word word) {
        return (List<String>) value(word);
    }

    @SuppressWarnings("unchecked")
    public Map<String, String> map(Word word) {
        return (Map<String, String>) value(word);
    }
}
