package bellwether.health;

import java.util.Map;

/**
 * What one CRM wants to hold of contacts and accounts. Values are given by our words: counts as Integer, an NPS or a difference of two exact, an interval's
 * bounds as BigDecimal, dates as Instant, null for "nothing".
 */
public interface Fields {
    /** The CRM connection's name. */
    String crm();

    /** Whether this CRM is told about that kind of object at all. */
    boolean wants(String kind);

    /** The wanted content of a contact as a JSON object in the CRM's field names. */
    String contact(Map<String, Object> words);

    /** The wanted content of an account; {@code byWindow} holds the figures of every window by its name. */
    String account(Map<String, Object> words, Map<String, Map<String, Object>> byWindow);
}
