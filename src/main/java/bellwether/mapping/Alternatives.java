package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Which of several things is meant: alternatives in order, each a few places with the texts that fit there. */
final class Alternatives {
    /** The placeholder for the ids of the question that was chosen. */
    static final String QUESTION = "question";

    private record One(Map<String, Expected> places, List<Expected> expected) {
        private One(Map<String, Expected> places) {
            this(places, List.copyOf(places.values()));
        }
    }

    private record Expected(JsonPlace place, List<String> texts, boolean question) {}

    private final List<One> alternatives = new ArrayList<>();

    Alternatives(List<Map<String, List<String>>> declared, Function<String, String> settings) {
        declared.forEach(one -> {
            Map<String, Expected> places = new LinkedHashMap<>();
            one.forEach((place, texts) -> {
                boolean question = texts.equals(List.of("{" + QUESTION + "}"));
                List<String> given = question ? List.of() : given(texts, settings);
                if (given != null) places.put(place, new Expected(JsonPlace.of(place), given, question));
            });
            if (places.size() == one.size()) alternatives.add(new One(places));
        });
    }

    /** The texts with settings filled in; a setting may name several, parted by commas. Null if one is not set. */
    private static List<String> given(List<String> texts, Function<String, String> settings) {
        List<String> given = new ArrayList<>();
        for (String text : texts) {
            Template template = Template.of(text);
            String full = template.fill(settings);
            if (full == null) return null;
            if (template.names().isEmpty()) given.add(full);
            else for (String part : full.split(",")) given.add(part.strip());
        }
        return given;
    }

    /** The first item that fits the first alternative any item fits, or null. */
    JsonNode first(Iterable<JsonNode> items, List<String> question) {
        for (One alternative : alternatives) {
            for (JsonNode item : items) if (fits(alternative, item, question)) return item;
        }
        return null;
    }

    /**
     * The ids of the question meant.
     *
     * @param known what is known of the survey's questions by id, or null
     */
    List<String> ids(JsonNode known) {
        for (One alternative : alternatives) {
            List<String> ids = new ArrayList<>();
            Expected byId = alternative.places.get("id");
            if (known == null && byId != null && alternative.places.size() == 1) ids.addAll(byId.texts);
            if (known != null) {
                known.properties().forEach(question -> {
                    if (describes(alternative, question.getKey(), question.getValue())) ids.add(question.getKey());
                });
            }
            if (!ids.isEmpty()) return ids;
        }
        return List.of();
    }

    private static boolean fits(One alternative, JsonNode item, List<String> question) {
        for (Expected expected : alternative.expected) {
            JsonNode found = expected.place.in(item);
            List<String> texts = expected.question ? question : expected.texts;
            if (found == null || !found.isValueNode() || !texts.contains(found.asText())) return false;
        }
        return true;
    }

    private static boolean describes(One alternative, String id, JsonNode question) {
        return alternative.places.entrySet().stream().allMatch(place -> {
            List<String> texts = place.getValue().texts;
            if (place.getKey().equals("id")) return texts.contains(id);
            String told = question.path(place.getKey()).asText("");
            if (!place.getKey().equals("title")) return texts.contains(told);
            return texts.stream().anyMatch(t -> low(told).contains(low(t)));
        });
    }

    private static String low(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
