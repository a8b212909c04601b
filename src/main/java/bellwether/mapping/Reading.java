package bellwether.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/** Finds the values that one line of a field map means, before they are converted. */
final class Reading {
    private static final String HOLE = "{" + Alternatives.QUESTION + "}";

    private final FieldRule rule;
    private final List<String> paths = new ArrayList<>();
    private final boolean plain;
    private final boolean asks;
    private final JsonPlace list;
    private final Alternatives where;
    private final Alternatives question;
    private volatile Survey last;

    /**
     * What a line means in the records of one survey.
     *
     * @param known what is known of the survey's questions, by id, or null
     * @param ids of the question that was chosen
     */
    private record Survey(JsonNode known, List<String> ids, List<JsonPlace> places) {}

    Reading(FieldRule rule, Function<String, String> settings) {
        this.rule = rule;
        this.plain = rule.none().isEmpty() && !rule.weights() && rule.lookup() == null;
        this.asks = !rule.question().isEmpty() || rule.weights();
        this.list = rule.list() == null ? null : JsonPlace.of(rule.list());
        this.where = new Alternatives(rule.where(), settings);
        this.question = new Alternatives(rule.question(), settings);
        for (String path : rule.paths()) {
            String full =
                    Template.of(path).fill(name -> name.equals(Alternatives.QUESTION) ? HOLE : settings.apply(name));
            if (full != null) paths.add(full);
        }
        this.last = survey(null);
    }

    /** The name of the field that is meant, where it is a single one of the record itself and taken as it stands; else null. */
    String field() {
        boolean single = plain && !asks && list == null && last.places.size() == 1;
        return single && last.places.get(0) instanceof JsonPlace.Dotted place ? place.field() : null;
    }

    /** What the places of a record hold. */
    Values of(JsonNode record) {
        Survey survey = last;
        JsonNode known = asks ? known(record) : null;
        // The records of a page share their survey, to the very node.
        if (survey.known != known) last = survey = survey(known);
        return new Values(base(record, survey.ids), survey);
    }

    /** The values in order, each looked for when it is asked for. */
    final class Values {
        private final JsonNode base;
        private final Survey survey;
        private int next;

        private Values(JsonNode base, Survey survey) {
            this.base = base;
            this.survey = survey;
        }

        /** NullNode where a value means that there is none; null at the end. A place that is not there is left out. */
        JsonNode next() {
            while (base != null && next < survey.places.size()) {
                JsonNode found = survey.places.get(next++).in(base);
                if (found != null) return meant(found, survey);
            }
            return null;
        }
    }

    private Survey survey(JsonNode known) {
        List<String> ids = rule.question().isEmpty() ? List.of() : question.ids(known);
        List<JsonPlace> places = new ArrayList<>();
        for (String path : paths) {
            if (path.contains(HOLE)) ids.forEach(id -> places.add(JsonPlace.of(path.replace(HOLE, id))));
            else places.add(JsonPlace.of(path));
        }
        return new Survey(known, ids, places);
    }

    private JsonNode base(JsonNode record, List<String> ids) {
        if (list == null) return record;
        Iterable<JsonNode> items = list.all(record);
        if (!rule.where().isEmpty()) return where.first(items, ids);
        Iterator<JsonNode> first = items.iterator();
        return first.hasNext() ? first.next() : null;
    }

    /** Where a record carries what is known of its survey's questions, by id. */
    private static JsonNode known(JsonNode record) {
        JsonNode known = record.path("parent").path("questions");
        return known.isObject() ? known : null;
    }

    private JsonNode meant(JsonNode node, Survey survey) {
        if (plain || !node.isValueNode() || node.isNull()) return node;
        if (!rule.none().isEmpty() && rule.none().contains(node.asText())) return NullNode.instance;
        if (rule.weights()) return weight(node, survey);
        return rule.lookup() == null ? node : lookup(node);
    }

    private JsonNode lookup(JsonNode node) {
        String text = rule.lookup().getOrDefault(node.asText(), rule.otherwise());
        return text == null ? node : TextNode.valueOf(text);
    }

    /** The weight of a choice: of the question chosen, or of whichever has this choice. */
    private JsonNode weight(JsonNode choice, Survey survey) {
        if (survey.known != null) {
            for (var question : survey.known.properties()) {
                JsonNode weight = question.getValue().path("choices").get(choice.asText());
                if (weight != null && (survey.ids.isEmpty() || survey.ids.contains(question.getKey()))) return weight;
            }
        }
        return rule.otherwise() == null ? choice : TextNode.valueOf(rule.otherwise());
    }
}
