package bellwether.crm;

import bellwether.health.Fields;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmMapping.Column;
import bellwether.nps.Category;
import bellwether.nps.ExternalId;
import bellwether.nps.Fraction;
import bellwether.nps.Nps;
import bellwether.store.Projection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Turns our words into the fields of one CRM as its mapping declares them. Pure: equal values give equal text. */
public final class Composer implements Projection, Fields {
    static final String LAST_SYNCED = "last_synced";
    static final String LAST_SURVEYED = "last_surveyed_at";
    /** What is said of a person who never answered as well. */
    static final Set<String> ASKED = Set.of(LAST_SURVEYED, "do_not_survey_until", "excluded_reason");

    /** The words of an account that further windows have too. */
    static final Set<String> WINDOW_WORDS = Set.of(
            "promoters",
            "passives",
            "detractors",
            "responses",
            "nps",
            "interval_low",
            "interval_high",
            "sample",
            "window");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUT = "… [shortened]";

    private final String crm;
    private final CrmMapping mapping;
    private final List<String> windows;

    /**
     * @param crm the connection's name
     * @param windows names of the windows beside the default one that get account fields of their own
     */
    public Composer(String crm, CrmMapping mapping, List<String> windows) {
        this.crm = crm;
        this.mapping = mapping;
        this.windows = List.copyOf(windows);
    }

    @Override
    public String crm() {
        return crm;
    }

    @Override
    public String response(Facts f) {
        CrmMapping.Kind kind = mapping.push().get("response");
        if (kind == null) {
            return null;
        }
        Map<String, Object> words = new HashMap<>();
        boolean nps = "NPS".equals(f.metric()) && f.score() != null;
        words.put("contact", f.contact());
        words.put("account", f.account());
        words.put("score", f.score());
        words.put("category", nps ? Category.of(f.score()).label() : null);
        words.put("nps_factor", nps && f.counted() ? Category.of(f.score()).band() : null);
        words.put("comment", f.comment());
        words.put("answered_at", f.answeredAt());
        words.put("survey", f.survey());
        words.put("source", f.source());
        words.put("metric", f.metric());
        words.put("counted", f.counted());
        words.put("backfilled", f.backfilled());
        ObjectNode content = content(kind, words);
        content.put(kind.key(), f.key());
        return text(content);
    }

    @Override
    public Act signal(Event event) {
        CrmMapping.Kind kind = mapping.push().get("signal");
        if (kind == null) {
            return null;
        }
        Map<String, Object> words = new HashMap<>();
        words.put("rule", event.rule());
        words.put(
                "kind",
                Character.toUpperCase(event.kind().charAt(0)) + event.kind().substring(1));
        words.put("value", event.value());
        words.put("reason", event.reason());
        words.put("contact", event.contact());
        words.put("account", event.account());
        words.put("response", event.response());
        words.put("occurred_at", event.at());
        ObjectNode content = content(kind, words);
        if (kind.key() != null) {
            content.put(kind.key(), ExternalId.of(event.key()));
        }
        return new Act(text(content), kind.idempotency().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public String contact(Map<String, Object> words) {
        return text(content(mapping.push().get("contact"), words));
    }

    @Override
    public String account(Map<String, Object> words, Map<String, Map<String, Object>> byWindow) {
        CrmMapping.Kind kind = mapping.push().get("account");
        ObjectNode content = content(kind, words);
        for (String window : windows) {
            byWindow.getOrDefault(window, Map.of()).forEach((word, value) -> {
                Column column = kind.column(word, window);
                if (column != null) {
                    put(content, column, value);
                }
            });
        }
        return text(content);
    }

    @Override
    public boolean wants(String kind) {
        return mapping.push().containsKey(kind);
    }

    private static ObjectNode content(CrmMapping.Kind kind, Map<String, Object> words) {
        ObjectNode content = JSON.createObjectNode();
        kind.fields().forEach((word, column) -> {
            if (column != null && !word.equals(LAST_SYNCED)) {
                put(content, column, words.get(word));
            }
        });
        return content;
    }

    private static void put(ObjectNode content, Column column, Object value) {
        int dot = column.field().indexOf('.');
        if (dot > 0) {
            // A record named by its external id: nothing is said of one that there is not, as the relation cannot be
            // null.
            if (value != null) {
                content.putObject(column.field().substring(0, dot))
                        .put(column.field().substring(dot + 1), value.toString());
            }
        } else if (value == null) {
            content.putNull(column.field());
        } else if (value instanceof Nps nps) {
            content.put(column.field(), nps.rounded(scale(column)));
        } else if (value instanceof Fraction fraction) {
            content.put(column.field(), fraction.rounded(scale(column)));
        } else if (value instanceof Boolean truth) {
            content.put(column.field(), truth);
        } else if (value instanceof Integer number) {
            content.put(column.field(), number);
        } else if (value instanceof BigDecimal number) {
            content.put(column.field(), number.setScale(scale(column), RoundingMode.HALF_UP));
        } else if (value instanceof Instant instant) {
            content.put(column.field(), instant.toString());
        } else {
            content.put(column.field(), shortened(value.toString(), column.length()));
        }
    }

    private static int scale(Column column) {
        return column.scale() == null ? 1 : column.scale();
    }

    /** Cuts at a whole character and says so. */
    static String shortened(String text, Integer length) {
        if (length == null || text.length() <= length) {
            return text;
        }
        int end = length - CUT.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + CUT;
    }

    private static String text(ObjectNode content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
