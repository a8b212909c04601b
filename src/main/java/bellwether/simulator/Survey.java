package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A survey as a declared tool holds it.
 *
 * @param metric nps, csat or other
 * @param score what is asked for a number
 * @param comment what is asked for a text
 */
record Survey(String id, String title, String metric, Question score, Question comment) {
    /** A question; its type is a word of the tool's. */
    record Question(String id, String type, String title) {}

    boolean nps() {
        return metric.equals("nps");
    }

    /** The surveys of every made-up company: two of recommending, one of support, one that nobody has declared. */
    static List<Survey> all(JsonNode map) {
        return List.of(
                of(Answers.NPS_WEB, "In the product", "nps", map),
                of(Answers.NPS_MAIL, "By e-mail", "nps", map),
                of(Answers.CSAT, "After support", "csat", map),
                of(Answers.UNDECLARED, "New features", "other", map));
    }

    private static Survey of(int id, String title, String metric, JsonNode map) {
        boolean nps = metric.equals("nps");
        Question score = nps
                ? new Question(
                        Declaration.RECOMMEND, type(map.path("score"), "scale"), "How likely are you to recommend us?")
                : new Question(Declaration.SATISFIED, "rating", "How satisfied are you?");
        Question comment = new Question(Declaration.WHY, type(map.path("comment"), "text"), "Why?");
        return new Survey(Integer.toString(id), title, metric, score, comment);
    }

    /** The first type of question that the field is read from. */
    private static String type(JsonNode rule, String usual) {
        for (JsonNode way : Declaration.list(rule.path("question"))) {
            for (JsonNode type : Declaration.list(way.path("type"))) {
                return type.asText();
            }
        }
        return usual;
    }
}
