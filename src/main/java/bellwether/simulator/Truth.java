package bellwether.simulator;

import bellwether.simulator.RowWriter.Written;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What whoever reads a declared tool rightly knows in the end. */
final class Truth {
    private Truth() {}

    /** What was sent, with the survey as the rows of its answers tell it; a tool that lists it itself lists what it shows, too. */
    static List<Sent> sent(Declaration declaration, Company company, List<Survey> surveys) {
        RowWriter rows = new RowWriter(declaration, declaration.tool.path("responses"));
        Map<Integer, String> told = new HashMap<>();
        for (Survey survey : surveys) {
            if (survey.nps() && (declaration.tool.has("sends") || survey.id().equals(Stock.MAIL))) {
                Map<String, Object> words = Map.of("survey", survey.id(), "metric", survey.metric(), "completed", true);
                String shown = shown(declaration, rows.write(Item.of("1", words, survey, null)), survey);
                told.put(Integer.valueOf(survey.id()), Objects.requireNonNullElse(shown, ""));
            }
        }
        return Sent.of(company, told);
    }

    private static String shown(Declaration declaration, Written written, Survey survey) {
        String place = Declaration.list(declaration.tool.at("/responses/map/survey")).stream()
                .map(JsonNode::asText)
                .findFirst()
                .orElse(null);
        if (place == null || place.startsWith("parent.")) {
            return place == null ? null : survey.id();
        }
        JsonNode found = Places.at(written.row(), place);
        return found == null ? null : found.asText();
    }

    /** Every answer as it can be read. */
    static List<Told> told(Declaration declaration, Stock stock) {
        JsonNode stream = declaration.tool.path("responses");
        RowWriter rows = new RowWriter(declaration, stream);
        boolean within = stream.path("unique_within").asText().equals("survey");
        List<Told> told = new ArrayList<>();
        for (Item item : stock.responses()) {
            Written written = rows.write(item);
            if (rows.selecting.taken(written.row())) {
                told.add(told(declaration, item, written, within));
            }
        }
        return told;
    }

    private static Told told(Declaration declaration, Item item, Written written, boolean within) {
        boolean day = declaration.time().day();
        Map<String, Object> known = new HashMap<>(item.words());
        known.keySet().retainAll(written.told());
        // who answered is told where the tool is asked for people
        if (declaration.tool.at("/respondents/map").has("email")) {
            known.put("email", item.words().get("email"));
        }
        String survey = shown(declaration, written, item.survey());
        Instant answered = item.at("answered_at");
        JsonNode cursor = declaration.tool.at("/responses/cursor");
        String word = cursor.path("kind").asText().equals("own")
                ? "updated_at"
                : cursor.path("word").asText("");
        return new Told(
                within ? survey + ":" + item.id() : item.id(),
                survey,
                item.survey().nps(),
                (Integer) known.get("score"),
                (String) known.get("comment"),
                day ? declaration.time().told(answered).plusSeconds(43_200) : answered,
                day,
                word.isEmpty() ? null : item.at(word),
                (Instant) known.get("updated_at"),
                Boolean.TRUE.equals(known.get("excluded")),
                (String) known.getOrDefault("respondent", known.get("email")),
                (String) known.get("email"),
                item.flaw() == null || item.flaw() == Flaw.HUGE_COMMENT);
    }
}
