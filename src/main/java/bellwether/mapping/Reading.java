package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds the values that one line of a field map means, before they are converted. */
final class Reading {
    /** Where a record carries what is known of its survey's questions, by id. */
    private static final String QUESTIONS = "/parent/questions";

    private static final String HOLE = "{" + Alternatives.QUESTION + "}";

    private record Path(String text, JsonPlace place) {}

    private final FieldRule rule;
    private final List<Path> paths = new ArrayList<>();
    private final JsonPlace list;
    private final Alternatives where;
    private final Alternatives question;

    Reading(FieldRule rule, Function<String, String> settings) {
        this.rule = rule;
        this.list = rule.list() == null ? null : JsonPlace.of(rule.list());
        this.where = new Alternatives(rule.where(), settings);
        this.question = new Alternatives(rule.question(), settings);
        for (String path : rule.paths()) {
            String full =
                    Template.of(path).fill(name -> name.equals(Alternatives.QUESTION) ? HOLE : settings.apply(name));
            if (full != null) paths.add(new Path(full, full.contains(HOLE) ? null : JsonPlace.of(full)));
        }
    }

    /** What the places hold, in order, NullNode where a value means that there is none; a place that is not there is left out. */
    List<JsonNode> of(JsonNode record) {
        JsonNode known = rule.question().isEmpty() && !rule.weights() ? null : known(record);
        List<String> ids = rule.question().isEmpty() ? List.of() : question.ids(known);
        JsonNode base = base(record, ids);
        List<JsonNode> found = new ArrayList<>(paths.size());
        if (base == null) return found;
        for (Path path : paths) {
            if (path.place != null) add(path.place.in(base), known, ids, found);
            else
                for (String id : ids)
                    add(JsonPlace.of(path.text.replace(HOLE, id)).in(base), known, ids, found);
        }
        return found;
    }

    private JsonNode base(JsonNode record, List<String> ids) {
        if (list == null) return record;
        List<JsonNode> items = list.all(record);
        if (rule.where().isEmpty()) return items.isEmpty() ? null : items.get(0);
        return where.first(items, ids);
    }

    private static JsonNode known(JsonNode record) {
        JsonNode known = record.at(QUESTIONS);
        return known.isObject() ? known : null;
    }

    private void add(JsonNode node, JsonNode known, List<String> ids, List<JsonNode> found) {
        if (node == null) return;
        if (!node.isValueNode() || node.isNull()) found.add(node);
        else if (rule.none().contains(node.asText())) found.add(NullNode.instance);
        else if (rule.weights()) found.add(weight(node, known, ids));
        else if (rule.lookup() != null) found.add(lookup(node));
        else found.add(node);
    }

    private JsonNode lookup(JsonNode node) {
        String text = rule.lookup().getOrDefault(node.asText(), rule.otherwise());
        return text == null ? node : TextNode.valueOf(text);
    }

    /** The weight of a choice: of the question chosen, or of whichever has this choice. */
    private JsonNode weight(JsonNode choice, JsonNode known, List<String> ids) {
        if (known != null) {
            for (var question : known.properties()) {
                JsonNode weight = question.getValue().path("choices").get(choice.asText());
                if (weight != null && (ids.isEmpty() || ids.contains(question.getKey()))) return weight;
            }
        }
        return rule.otherwise() == null ? choice : TextNode.valueOf(rule.otherwise());
    }
}
