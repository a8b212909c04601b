package bellwether;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.command.Bellwether;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.ResponseBuilder;
import bellwether.store.Delivery;
import bellwether.store.People;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers in which the true reason is known why a tool shows another number; each number is computed by hand. */
class CompareTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-15T12:00:00Z");
    /** Still September in New York. */
    private static final Instant NIGHT = Instant.parse("2026-10-01T03:30:00Z");

    private static final String WINDOW = "this_quarter";

    @TempDir
    private Path home;

    private final StringWriter out = new StringWriter();
    private final List<Respondent> people = new ArrayList<>();
    private final List<Response> answers = new ArrayList<>();
    private final List<People.Contact> contacts = new ArrayList<>();
    private House house;

    /** Ten customers, 5 promoters, 3 passives, 2 detractors: NPS 30. */
    private void ten(Consumer<CompareTest> more) {
        each(5, 9, "001A");
        each(3, 7, "001A");
        each(2, 3, "001A");
        fill(more);
    }

    @Test
    void numbersThatAgreeAreSaidToAgree() {
        ten(more -> {});
        assertThat(compare("30")).isEqualTo(Exit.OK.code());
        assertThat(out.toString()).contains("The numbers agree");
        assertThat(compare("30.0")).isEqualTo(Exit.OK.code());
    }

    @Test
    void everyAnswerOfAPersonCounts() {
        ten(more -> more.answer("p0", 2, OCTOBER.minusSeconds(86_400), r -> {}));
        explained("18", "policy"); // 5 3 3 of 11: 18.2
    }

    @Test
    void unscoredAnswersAreInN() {
        ten(more -> more.answer(more.customer("001A"), null, OCTOBER, r -> {}));
        explained("27", "unscored"); // 5 4 2 of 11: 27.3
    }

    @Test
    void excludedAnswersCount() {
        ten(more -> more.answer(more.customer("001A"), 10, OCTOBER, r -> r.excluded(true)));
        explained("36", "excluded"); // 6 3 2 of 11: 36.4
    }

    @Test
    void answersThatAreNotCompletedCount() {
        ten(more -> more.answer(more.customer("001A"), 10, OCTOBER, r -> r.completed(false)));
        compare("36");
        assertThat(out.toString()).contains("The numbers agree");
        house.with("WOOTRIC_ACCEPT_PARTIAL", "after_12h");
        compare("36");
        assertThat(out.toString()).as("long ago").contains("The numbers agree");
        house.with("WOOTRIC_ACCEPT_PARTIAL", "completed_only");
        explained("36", "partial");
        assertThat(counts(view("36").get("steps"))).contains("excluded 6 3 2 true", "partial 5 3 2 false");
    }

    @Test
    void suspectedDuplicatesCount() throws IOException {
        ten(more -> more.answer("p0", 9, OCTOBER.plusSeconds(600), r -> {}));
        explained("36", "policy", "duplicates"); // the same score twice shows only where every answer counts
        replace("policy: latest_per_person", "policy: all_responses");
        explained("36", "duplicates");
    }

    @Test
    void daysBeginAtMidnightElsewhere() {
        ten(more -> more.answer(more.customer("001A"), 10, NIGHT, r -> {}));
        explained("36", "zone");
    }

    @Test
    void peopleTheCrmDoesNotKnowCount() {
        ten(more -> {
            more.people.add(person("stranger", "stranger@nowhere.test"));
            more.answer("stranger", 10, OCTOBER, r -> {});
        });
        explained("36", "unmatched");
    }

    @Test
    void peopleTheCrmKnowsTwiceCount() {
        ten(more -> {
            more.contacts.add(contact("003X", "001A", "both@both.test"));
            more.contacts.add(contact("003Y", "001B", "both@both.test"));
            more.people.add(person("both", "both@both.test"));
            more.answer("both", 10, OCTOBER, r -> {});
        });
        explained("36", "unmatched");
    }

    @Test
    void accountsThatHaveLeftCount() {
        ten(more -> more.answer(more.customer("001B"), 10, OCTOBER, r -> {}));
        explained("36", "churned");
    }

    @Test
    void percentagesAreRoundedBeforeTheyAreSubtracted() {
        each(2, 9, "001A");
        each(1, 3, "001A");
        fill(more -> {});
        explained("34", "rounding");
        explained("33"); // 33.3
    }

    @Test
    void severalReasonsAtOnceAreFoundTogetherAndEachStepIsThere() {
        // 40 customers, 20 14 6: 35.0. Every reason has a number of its own.
        each(20, 9, "001A");
        each(14, 7, "001A");
        each(6, 3, "001A");
        fill(more -> {
            more.answer("p0", 2, OCTOBER.minusSeconds(86_400), r -> {});
            for (int i = 0; i < 2; i++) {
                more.answer(more.customer("001A"), null, OCTOBER, r -> {});
            }
            for (int i = 0; i < 3; i++) {
                more.answer(more.customer("001A"), 10, OCTOBER, r -> r.excluded(true));
            }
            for (int i = 0; i < 5; i++) {
                more.answer(more.customer("001A"), 3, NIGHT, r -> {});
            }
            for (int i = 0; i < 7; i++) {
                more.people.add(person("s" + i, "s" + i + "@nowhere.test"));
                more.answer("s" + i, 10, OCTOBER, r -> {});
            }
            for (int i = 0; i < 11; i++) {
                more.answer(more.customer("001B"), 2, OCTOBER, r -> {});
            }
        });
        explained("31.7", "policy"); // 20 14 7 of 41
        explained("33.3", "unscored"); // 20 16 6 of 42
        explained("39.5", "excluded"); // 23 14 6 of 43
        explained("20.0", "zone"); // 20 14 11 of 45
        explained("44.7", "unmatched"); // 27 14 6 of 47
        explained("5.9", "churned"); // 20 14 17 of 51
        explained("30.8", "zone", "unmatched"); // 27 14 11 of 52
        explained("10.1", "policy", "unscored", "excluded", "zone", "unmatched", "churned"); // 30 16 23 of 69
        JsonNode steps = view("10.1").get("steps");
        assertThat(counts(steps))
                .containsExactly(
                        "everything 30 16 23 false",
                        "rounding 30 16 23 true",
                        "policy 30 16 22 false",
                        "unscored 30 14 22 false",
                        "excluded 27 14 22 false",
                        "duplicates 27 14 22 false",
                        "zone 27 14 17 false",
                        "unmatched 20 14 17 false",
                        "churned 20 14 6 false");
    }

    @Test
    void whatNothingExplainsEndsWithWhatToLookAt() {
        ten(more -> {
            more.answer("p0", 9, OCTOBER, r -> r.survey("99"));
            more.answer("p1", 0, OCTOBER, r -> r.survey("77"));
        });
        assertThat(compare("77")).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString())
                .contains("No way of counting gives their number")
                .containsPattern("Survey 99 is declared nowhere, so none of its 1 responses is\\s+counted");
        assertThat(view("77").get("explained").asBoolean()).isFalse();
    }

    @Test
    void theTextFitsTheScreen() {
        ten(more -> more.answer(more.customer("001B"), 10, OCTOBER, r -> {}));
        for (String theirs : List.of("36", "77", "30")) {
            compare(theirs);
            assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        }
        compare("36");
        assertThat(out.toString())
                .contains(
                        "wootric, this_quarter (2026-10-01 to 2026-12-31), America/New_York",
                        "The tool shows 36, Bellwether 30.0.",
                        "rounded once                         6        3          2     11   36.4    36 *",
                        "without accounts that left           5        3          2     10   30.0    30",
                        "- it counts accounts that have left");
    }

    @Test
    void theApiSaysTheSame() {
        ten(more -> more.answer(more.customer("001B"), 10, OCTOBER, r -> {}));
        JsonNode told = view("36");
        try (Daemon daemon = house.daemon(Clock.fixed(NOW, ZoneOffset.UTC))) {
            daemon.pauses().pause("wootric", "BY_HAND", "The test paused it.");
            daemon.pauses().pause("salesforce", "BY_HAND", "The test paused it.");
            daemon.start();
            var api = new Rest(daemon);
            String path = "/api/v1/connections/wootric/compare?window=this_quarter&theirs=";
            assertThat(api.get(path + "36").json()).isEqualTo(told);
            assertThat(api.get(path + "36.5&rounding=integer").body()).contains("was not rounded to an integer");
            assertThat(api.get(path + "nps").body()).contains("write a number such as 41");
            assertThat(api.get("/api/v1/connections/wootric/compare").body())
                    .contains("The number that the tool shows");
            assertThat(api.get("/api/v1/connections/salesforce/compare?theirs=3")
                            .json()
                            .get("code")
                            .asText())
                    .isEqualTo("NOT_A_TOOL");
            assertThat(api.get("/api/v1/connections/other/compare?theirs=3").status())
                    .isEqualTo(404);
            // The daemon holds the store; the command reads beside it.
            assertThat(view("36")).isEqualTo(told);
        }
    }

    @Test
    void whatCannotBeComparedIsSaid() {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        assertThat(compare("36")).isEqualTo(Exit.FAILURE.code());
        assertThat(out.toString()).contains("no store yet", "bellwether sync wootric");
        assertThat(compare("lots")).isEqualTo(Exit.USAGE.code());
        assertThat(compare("101")).isEqualTo(Exit.USAGE.code());
        assertThat(compare("36.5", "--rounding", "integer")).isEqualTo(Exit.USAGE.code());
        assertThat(compare("36", "--window", "someday")).isEqualTo(Exit.USAGE.code());
        assertThat(run("compare", "salesforce", "--theirs", "3")).isEqualTo(Exit.USAGE.code());
        assertThat(run("compare", "wootric")).isEqualTo(Exit.USAGE.code());
    }

    /** The nearest explanation, and no other as near. */
    private void explained(String theirs, String... differences) {
        JsonNode view = view(theirs);
        assertThat(view.get("explained").asBoolean()).as(view.toPrettyString()).isTrue();
        List<String> found = new ArrayList<>();
        view.at("/explanations/0/differences").forEach(d -> found.add(d.asText()));
        assertThat(found).as(view.get("explanations").toPrettyString()).containsExactly(differences);
        view.get("explanations").forEach(way -> assertThat(way == view.at("/explanations/0")
                        || way.get("differences").size() > differences.length)
                .as(view.get("explanations").toPrettyString())
                .isTrue());
        assertThat(view.get("agree").asBoolean()).isEqualTo(differences.length == 0);
    }

    private static List<String> counts(JsonNode steps) {
        List<String> counts = new ArrayList<>();
        steps.forEach(s -> counts.add(s.get("step").asText() + " " + s.get("promoters") + " " + s.get("passives") + " "
                + s.get("detractors") + " " + s.get("met")));
        return counts;
    }

    private JsonNode view(String theirs) {
        compare(theirs, "--json");
        try {
            return Rest.JSON.readTree(out.toString());
        } catch (IOException e) {
            throw new IllegalStateException(out.toString(), e);
        }
    }

    private int compare(String theirs, String... more) {
        List<String> words = new ArrayList<>(List.of("compare", "wootric", "--theirs", theirs));
        if (!List.of(more).contains("--window")) {
            words.addAll(List.of("--window", WINDOW));
        }
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--home", home.toString()));
        var writer = new PrintWriter(out, true);
        return new Bellwether(house.environment::get, Clock.fixed(NOW, ZoneOffset.UTC))
                .run(writer, writer, all.toArray(String[]::new));
    }

    private void each(int times, int score, String account) {
        for (int i = 0; i < times; i++) {
            answer(customer(account), score, OCTOBER, r -> {});
        }
    }

    /** A new person whom the CRM knows. */
    private String customer(String account) {
        String id = "p" + people.size();
        people.add(person(id, id + "@acme.test"));
        contacts.add(contact("003" + id, account, id + "@acme.test"));
        return id;
    }

    private void answer(String person, Integer score, Instant at, Consumer<ResponseBuilder> more) {
        ResponseBuilder response = Response.of("wootric", null, Integer.toString(answers.size() + 1))
                .respondent(person)
                .survey("31")
                .score(score)
                .answeredAt(at);
        more.accept(response);
        answers.add(response.build());
    }

    /** Writes the ledger; account 001B has left. */
    private void fill(Consumer<CompareTest> more) {
        more.accept(this);
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9").with("BELLWETHER_ZONE", "America/New_York");
        try (Daemon daemon = house.daemon(Clock.fixed(NOW, ZoneOffset.UTC))) {
            daemon.ledger().people().accounts(List.of(account("001A", false), account("001B", true)), List.of());
            daemon.ledger().people().contacts(contacts, List.of());
            daemon.ledger().people().complete();
            daemon.ledger()
                    .inbox()
                    .accept(new Delivery(
                            "wootric", Delivery.NO_RUN, "wootric", false, answers, people, List.of(), List.of()));
        }
    }

    private void replace(String text, String with) throws IOException {
        Path file = home.resolve("config/health.yaml");
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, with));
    }

    private static Respondent person(String id, String email) {
        return new Respondent("wootric", id, email, null, null, null, null, null, null);
    }

    private static People.Account account(String id, boolean churned) {
        return new People.Account(id, id, null, null, null, churned, false, NOW, Map.of());
    }

    private static People.Contact contact(String id, String account, String email) {
        return new People.Contact(id, account, null, null, List.of(email), false, NOW, Map.of());
    }
}
