package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.command.Bellwether;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.mapping.Configuration;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.store.Delivery;
import bellwether.store.People;
import bellwether.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tool is retired and another begins, with 30 of 100 answers in both: counted as the union of distinct answers. */
class HandOverTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant SEPTEMBER = Instant.parse("2026-09-10T08:00:00Z");
    private static final String SECOND = """
            \u0020 second:
                tool: wootric
                source: second
                client_id: demo-client
                client_secret: demo-secret
                nps_surveys: all
                base_url: http://127.0.0.1:9
                login_url: http://127.0.0.1:9
            """;

    @TempDir
    private Path home;

    private House house;
    private String connections;

    @Test
    void theOverlapCountsOnceUnderBothPoliciesAndTheHistoryStays() throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9").with("BELLWETHER_PUSH", "preview");
        connections = Files.readString(home.resolve("config/connections.yaml"));
        declare("");
        fill();

        // Before they are linked: 100 of the first tool and 110 of the second, of 170 people.
        counted("before", 210, 170, 13);

        declare("    follows: wootric\n");
        // The union: 170 answers, and 10 people who answered each tool something of its own.
        counted("linked", 180, 170, 10);
        try (Daemon daemon = started()) {
            JsonNode explained = new Rest(daemon)
                    .get("/api/v1/accounts/salesforce:001A/nps/explain?window=all_time&policy=all_responses")
                    .json();
            assertThat(explained.get("counted")).hasSize(180);
            assertThat(explained.get("excluded")).hasSize(30).allSatisfy(one -> {
                assertThat(one.get("reason").asText()).isEqualTo("handed_over");
                assertThat(one.toString()).contains("the same answer through the tool it was handed over to");
                assertThat(one.get("id").asText()).startsWith("second:");
                assertThat(one.get("because").asText()).startsWith("wootric:");
            });
        }

        declare("    follows: other\n");
        counted("of another tool", 210, 170, 13);
    }

    @Test
    void aToolThatFollowsItselfIsAMistakeWithItsLine() throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        connections = Files.readString(home.resolve("config/connections.yaml"));
        declare("    follows: second\n");
        var loaded = new Configuration(home, house.environment::get).settings();
        assertThat(loaded.mistakes()).singleElement().satisfies(mistake -> {
            assertThat(mistake.toString()).contains("tools.second.follows", "source 'second' follows itself");
            assertThat(mistake.line()).isPositive();
        });
        assertThat(loaded.value().follows()).isEmpty();
    }

    @Test
    void checkNamesEveryConnectionThatFollowsNobodyOrGoesRoundInACircle() throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        connections = Files.readString(home.resolve("config/connections.yaml"));
        declare("    follows: wotric\n" + SECOND.replace("second", "third") + "    follows: fourth\n"
                + SECOND.replace("second", "fourth") + "    follows: third\n" + SECOND.replace("second", "fifth")
                + "    follows: fifth\n");
        assertThat(check(Exit.CONFIGURATION))
                .contains("3 mistakes")
                .containsPattern(
                        "connections.yaml:\\d+: tools.second.follows: no connection has the source 'wotric', and no response of it is kept")
                .contains("or leave the line out; there are: third, wootric.")
                .containsPattern(
                        "connections.yaml:\\d+: tools.fourth.follows: source 'fourth' follows itself: fourth, then third, then fourth")
                .containsPattern("connections.yaml:\\d+: tools.fifth.follows: source 'fifth' follows itself\\.");
    }

    @Test
    void aToolThatIsGoneIsFollowedByWhatIsKeptOfIt() throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        connections = Files.readString(home.resolve("config/connections.yaml"));
        declare("    follows: gone\n");
        assertThat(check(Exit.CONFIGURATION)).contains("'gone'");
        try (var store = Store.open("jdbc:sqlite:" + home.resolve("data/bellwether.db"), null, null)) {
            store.change(h -> h.execute("INSERT INTO source (name) VALUES ('gone')"));
        }
        assertThat(check(Exit.UNREACHABLE)).doesNotContain("mistake");
    }

    private String check(Exit exit) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        int code = new Bellwether(house.environment::get, Clock.systemUTC())
                .run(writer, writer, "check", "second", "--home", home.toString());
        assertThat(code).as(out.toString()).isEqualTo(exit.code());
        return out.toString();
    }

    @Test
    void whatFollowsWhatHoldsThoughTheConnectionIsBroken() throws IOException {
        house = new House(home, "http://127.0.0.1:9", "http://127.0.0.1:9");
        connections = Files.readString(home.resolve("config/connections.yaml"));
        declare("    follows: wootric\n    schedule: now and then\n");
        var loaded = new Configuration(home, house.environment::get).settings();
        assertThat(loaded.value().broken()).containsOnlyKeys("second");
        assertThat(loaded.value().follows()).isEqualTo(Map.of("second", "wootric"));
    }

    private void declare(String more) throws IOException {
        Files.writeString(
                home.resolve("config/connections.yaml"),
                connections.replace("\ncrms:\n", "\n" + SECOND + more + "\ncrms:\n"));
    }

    /** Each answer of the first tool, the same through the second (of a third of them only the day), and what only one of them has. */
    private void fill() {
        List<People.Contact> contacts = new ArrayList<>();
        List<Respondent> before = new ArrayList<>();
        List<Respondent> after = new ArrayList<>();
        List<Response> first = new ArrayList<>();
        List<Response> second = new ArrayList<>();
        for (int i = 0; i < 170; i++) {
            contacts.add(contact("003" + i, "001A", address(i)));
        }
        for (int i = 0; i < 180; i++) {
            boolean stranger = i >= 170;
            if (i < 100 || stranger) {
                before.add(person("wootric", "p" + i, address(i)));
                first.add(answer("wootric", i, "p" + i, i % 11, at(i), false));
            }
            if (i < 10 || i >= 70) {
                after.add(person("second", "q" + i, address(i)));
            }
            if (i >= 70 && (!stranger || i < 173)) {
                boolean day = i % 3 == 0;
                Instant same =
                        day ? Instant.parse(at(i).toString().substring(0, 10) + "T12:00:00Z") : at(i).plusSeconds(40);
                second.add(answer("second", i, "q" + i, i % 11, same, day));
            }
        }
        for (int i = 0; i < 10; i++) {
            second.add(answer("second", 1000 + i, "q" + i, i % 11, at(i).plus(Duration.ofDays(30)), false));
        }
        try (Daemon daemon = house.daemon(Clock.fixed(NOW, ZoneOffset.UTC))) {
            daemon.ledger().people().accounts(List.of(account("001A")), List.of());
            daemon.ledger().people().contacts(contacts, List.of());
            daemon.ledger().people().complete();
            daemon.ledger().inbox().accept(delivery("wootric", first, before));
            daemon.ledger().inbox().accept(delivery("second", second, after));
        }
    }

    private static Delivery delivery(String source, List<Response> responses, List<Respondent> people) {
        return new Delivery(source, Delivery.NO_RUN, source, false, responses, people, List.of(), List.of());
    }

    private void counted(String as, int all, int latest, int strangers) {
        try (Daemon daemon = started()) {
            var api = new Rest(daemon);
            String account = "/api/v1/accounts/salesforce:001A/nps?window=all_time&policy=";
            String company = "/api/v1/nps?window=all_time&policy=";
            assertThat(n(api, account + "all_responses")).as(as).isEqualTo(all);
            assertThat(n(api, account + "latest_per_person")).as(as).isEqualTo(latest);
            assertThat(n(api, company + "all_responses")).as(as).isEqualTo(all);
            assertThat(n(api, company + "latest_per_person")).as(as).isEqualTo(latest);
            assertThat(api.get(company + "all_responses")
                            .json()
                            .get("unmatched")
                            .asInt())
                    .as(as)
                    .isEqualTo(strangers);
            int kept = daemon.store().read(h -> h.createQuery("SELECT count(*) FROM response")
                    .mapTo(Integer.class)
                    .one());
            assertThat(kept).as("the ledger keeps them all").isEqualTo(223);
        }
    }

    private static int n(Rest api, String path) {
        JsonNode answer = api.get(path).json();
        assertThat(answer.findPath("responses").isInt()).as(answer.toString()).isTrue();
        return answer.has("plain")
                ? answer.at("/plain/responses").asInt()
                : answer.get("responses").asInt();
    }

    /** With everything that the rules changed counted anew. */
    private Daemon started() {
        Daemon daemon = house.daemon(Clock.fixed(NOW, ZoneOffset.UTC));
        List.of("wootric", "second", "salesforce")
                .forEach(name -> daemon.pauses().pause(name, "BY_HAND", "The test paused it."));
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> daemon.refresh().backlog() == 0);
        return daemon;
    }

    private static Instant at(int i) {
        return SEPTEMBER.plus(Duration.ofDays(i % 30)).plus(Duration.ofMinutes(i));
    }

    private static String address(int i) {
        return "p" + i + "@acme.test";
    }

    private static Response answer(String source, int id, String person, int score, Instant at, boolean day) {
        return Response.of(source, null, Integer.toString(id))
                .respondent(person)
                .survey(source.equals("second") ? "nps-2026" : "31")
                .score(score)
                .answeredAt(at)
                .set(Response.Field.DATE_ONLY, day)
                .build();
    }

    private static Respondent person(String source, String id, String email) {
        return new Respondent(source, id, email, null, null, null, null, null, null);
    }

    private static People.Account account(String id) {
        return new People.Account(id, id, null, null, null, false, false, NOW, Map.of());
    }

    private static People.Contact contact(String id, String account, String email) {
        return new People.Contact(id, account, null, null, List.of(email), false, NOW, Map.of());
    }
}
