package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What a declared tool holds of a company, made anew whenever the company has changed. */
final class Stock {
    static final String MAIL = Integer.toString(Answers.NPS_MAIL);

    private final Company company;
    private final Declaration declaration;
    private final JsonNode map;
    final List<Survey> surveys;
    private final Map<String, List<Item>> kept = new HashMap<>();
    private long version = -1;
    private int size = -1;

    Stock(Company company, Declaration declaration) {
        this.company = company;
        this.declaration = declaration;
        this.map = declaration.tool.path("responses").path("map");
        this.surveys = Survey.all(map);
    }

    Survey survey(String id) {
        return surveys.stream().filter(s -> s.id().equals(id)).findFirst().orElse(null);
    }

    private synchronized List<Item> kept(String kind, Supplier<List<Item>> made) {
        if (version != company.version() || size != company.responseCount()) {
            kept.clear();
            version = company.version();
            size = company.responseCount();
        }
        List<Item> known = kept.get(kind);
        if (known == null) {
            known = made.get();
            kept.put(kind, known);
        }
        return known;
    }

    /** The answers, in the order in which they were given. A tool that tells neither survey nor metric holds those of NPS surveys only. */
    List<Item> responses() {
        return kept("responses", this::answers);
    }

    private List<Item> answers() {
        boolean npsOnly =
                !map.has("survey") && (!map.has("metric") || map.get("metric").has("value"));
        boolean numbered =
                declaration.tool.at("/responses/cursor/kind").asText().equals("id");
        RowWriter rows = new RowWriter(declaration, declaration.tool.path("responses"));
        Map<Integer, Integer> numbers = new HashMap<>();
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            Response response = company.response(i);
            Survey survey = survey(Integer.toString(response.surveyId()));
            int number = numbers.merge(declaration.tool.has("parents") ? response.surveyId() : 0, 1, Integer::sum);
            if (company.deleted(i) || npsOnly && !survey.nps()) {
                continue;
            }
            Item item = item(response, survey, Integer.toString(numbered ? number : response.id()));
            if (rows.write(item).listed()) {
                items.add(item);
            }
        }
        return items;
    }

    private Item item(Response response, Survey survey, String id) {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("id", id);
        words.put("survey", survey.id());
        words.put("metric", survey.metric());
        person(words, response.endUserId());
        words.put("score", response.score());
        words.put("comment", response.text());
        words.put("answered_at", response.flaw() == Flaw.NO_CREATED ? null : response.created());
        words.put(
                "created_at",
                response.flaw() == Flaw.NO_CREATED ? null : response.created().minusSeconds(120));
        words.put("updated_at", response.updated());
        words.put("completed", response.completed());
        words.put("excluded", response.excluded());
        words.put("channel", survey.id().equals(MAIL) ? "email" : "web");
        words.put("tags", response.tags().isEmpty() ? null : response.tags());
        words.put("properties", response.properties());
        Item item = Item.of(id, words, survey, response.flaw());
        item.times().put("answered_at", response.created());
        return item;
    }

    /** Of a person who was deleted nothing but the id is left. */
    private void person(Map<String, Object> words, Integer endUserId) {
        int index = endUserId == null ? -1 : Company.endUserIndex(endUserId);
        words.put("respondent", endUserId == null ? null : Integer.toString(endUserId));
        if (index >= 0
                && index < company.endUserCount()
                && !company.endUser(index).deleted()) {
            EndUser user = company.endUser(index);
            words.put("email", user.email());
            words.put("name", user.properties().get("name"));
            words.put("external_id", user.externalId());
        }
    }

    List<Item> sends() {
        return kept("sends", () -> {
            List<Item> items = new ArrayList<>();
            for (Sent sent : sent()) {
                Map<String, Object> words = new LinkedHashMap<>();
                words.put("id", sent.id());
                words.put("survey", sent.survey());
                person(words, sent.endUserId());
                words.put("channel", sent.channel());
                words.put("sent_at", sent.sentAt());
                words.put("status", sent.status());
                items.add(Item.of(sent.id(), words, survey(MAIL), null));
            }
            return items;
        });
    }

    /** People, those who were deleted left out. */
    List<Item> people() {
        return kept("people", () -> {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < company.endUserCount(); i++) {
                EndUser user = company.endUser(i);
                Map<String, Object> words = new LinkedHashMap<>();
                person(words, user.id());
                words.put("id", words.remove("respondent"));
                words.put("updated_at", user.updated());
                words.put("last_surveyed_at", user.lastSurveyed());
                if (!user.deleted()) {
                    items.add(Item.of(Integer.toString(user.id()), words, null, null));
                }
            }
            return items;
        });
    }

    /** See {@link ToolSimulator#lastSurveyed}. */
    Map<String, Instant> lastSurveyed() {
        boolean says = declaration.tool.at("/respondents/map").has("last_surveyed_at");
        return says ? company.lastSurveyed() : Map.of();
    }

    /** See {@link Truth#sent}. */
    List<Sent> sent() {
        return Truth.sent(declaration, company, surveys);
    }
}
