package bellwether.mapping;

import bellwether.nps.Metric;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a checked document into records; whatever still does not fit is a mistake with its line. */
final class Binder {
    private static final Pattern LENGTH = Pattern.compile("([1-9][0-9]{0,5}) ?(ms|s|m|h|d)");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .addModule(new SimpleModule()
                    .addDeserializer(Secret.class, words(Secret.class, Secret::new))
                    .addDeserializer(Duration.class, words(Duration.class, Binder::duration))
                    .addDeserializer(ZoneId.class, words(ZoneId.class, Binder::zone))
                    .addKeyDeserializer(Word.class, new KeyDeserializer() {
                        @Override
                        public Word deserializeKey(String key, DeserializationContext context) {
                            return Word.valueOf(key.toUpperCase(java.util.Locale.ROOT));
                        }
                    })
                    .addKeyDeserializer(Metric.class, new KeyDeserializer() {
                        @Override
                        public Metric deserializeKey(String key, DeserializationContext context) {
                            return Metric.parse(key);
                        }
                    })
                    .addDeserializer(Schedule.class, words(Schedule.class, Schedule::of)))
            .build();

    private static final int MOST_LEFT_OUT = 50;

    private Binder() {}

    static <T> T bind(Document document, Class<T> type, List<Mistake> mistakes) {
        try {
            return MAPPER.treeToValue(document.root(), type);
        } catch (JsonMappingException e) {
            StringBuilder pointer = new StringBuilder();
            for (JsonMappingException.Reference step : e.getPath()) {
                pointer.append('/')
                        .append(step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName());
            }
            Throwable cause = e.getCause() instanceof IllegalArgumentException ? e.getCause() : e;
            String what = cause == e ? "this value does not fit here." : cause.getMessage();
            mistakes.add(document.mistake(pointer.toString(), what, "See the comments of the shipped file."));
        } catch (JsonProcessingException e) {
            mistakes.add(
                    document.mistake("", "the file does not fit its shape.", "See the comments of the shipped file."));
        }
        return null;
    }

    /** As much of a document as fits: what does not is left out. Null if too little is left. */
    static <T> T draft(Document document, Class<T> type) {
        JsonNode root = document.root().deepCopy();
        for (int i = 0; i < MOST_LEFT_OUT; i++) {
            try {
                return MAPPER.treeToValue(root, type);
            } catch (JsonMappingException e) {
                if (!removed(root, e.getPath())) return null;
            } catch (JsonProcessingException | IllegalArgumentException e) {
                return null;
            }
        }
        return null;
    }

    private static boolean removed(JsonNode root, List<JsonMappingException.Reference> path) {
        JsonNode at = root;
        JsonNode around = null;
        JsonMappingException.Reference last = null;
        for (JsonMappingException.Reference step : path) {
            JsonNode next = at.isArray() ? at.get(step.getIndex()) : at.get(String.valueOf(step.getFieldName()));
            if (next == null) break;
            around = at;
            last = step;
            at = next;
        }
        if (around instanceof ArrayNode list) list.remove(last.getIndex());
        else if (around instanceof ObjectNode object) object.remove(last.getFieldName());
        return around != null;
    }

    static Duration duration(String word) {
        Matcher length = LENGTH.matcher(word);
        if (!length.matches()) throw new IllegalArgumentException("a length of time is written 30s, 5m, 2h or 7d.");
        long number = Long.parseLong(length.group(1));
        return switch (length.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    static ZoneId zone(String word) {
        try {
            return ZoneId.of(word);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + word + "' is no time zone.", e);
        }
    }

    private interface Reading<T> {
        T of(String word);
    }

    private static <T> StdDeserializer<T> words(Class<T> type, Reading<T> reading) {
        return new StdDeserializer<>(type) {
            private static final long serialVersionUID = 1;

            @Override
            public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                String word = parser.getValueAsString();
                try {
                    return reading.of(word);
                } catch (IllegalArgumentException e) {
                    throw JsonMappingException.from(parser, "unreadable", e);
                }
            }
        };
    }
}
