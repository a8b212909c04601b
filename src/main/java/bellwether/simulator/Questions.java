package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.Map;

/** The surveys of a declared tool as a list, and what each of them asks. */
final class Questions {
    private final JsonNode parents;
    private final JsonNode questions;
    private final Stock stock;

    Questions(Declaration declaration, Stock stock) {
        this.parents = declaration.tool.path("parents");
        this.questions = parents.path("questions");
        this.stock = stock;
    }

    List<Item> surveys() {
        return stock.surveys.stream()
                .map(survey -> Item.of(survey.id(), Map.of("id", survey.id(), "title", survey.title()), survey, null))
                .toList();
    }

    JsonNode row(Item survey) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        parents.path("map").properties().forEach(place -> {
            Object value = survey.words().get(place.getKey());
            if (value != null) {
                Places.put(row, place.getValue().asText(), TextNode.valueOf(value.toString()));
            }
        });
        for (JsonNode select : Declaration.list(parents.path("select"))) {
            if (select.has("is")) {
                Places.put(row, select.get("at").asText(), select.get("is").get(0));
            }
        }
        return row;
    }

    Answer asked(Asked asked) {
        Survey survey = stock.survey(asked.found().get("parent.id"));
        if (survey == null) {
            return Refusal.plain(404, "The survey is not known");
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        add(answer, survey, survey.score(), survey.nps() ? 10 : 5);
        add(answer, survey, survey.comment(), -1);
        return Answer.json(200, answer);
    }

    /** @param highest score of its choices, -1 for a question of text */
    private void add(ObjectNode answer, Survey survey, Survey.Question question, int highest) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        String field = survey.id() + "X1X" + question.id();
        put(item, "id", question.id());
        put(item, "type", question.type());
        put(item, "title", question.title());
        put(item, "field", field);
        for (int weight = 0; questions.has("choices") && weight <= highest; weight++) {
            ObjectNode choice = JsonNodeFactory.instance.objectNode();
            Places.put(choice, questions.path("choice").asText(), TextNode.valueOf(ListWriter.choice(weight)));
            Places.put(choice, questions.path("weight").asText(), IntNode.valueOf(weight));
            Places.add(item, questions.get("choices").asText(), choice.toString(), choice);
        }
        Places.add(answer, questions.path("list").asText(), field, item);
    }

    private void put(ObjectNode item, String what, String value) {
        if (questions.has(what)) {
            Places.put(item, questions.get(what).asText(), TextNode.valueOf(value));
        }
    }
}
