package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.command.Bellwether;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Settings;
import bellwether.nps.AcceptPartial;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.store.Delivery;
import bellwether.store.People;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The setting {@code accept_partial}: what is wrong with it is told, and what it keeps out is explained. */
class PartialAnswersTest {
    private static final String NOWHERE = "http://127.0.0.1:9";
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant GIVEN = Instant.parse("2026-11-23T20:00:00Z");

    @TempDir
    private Path home;

    private House house;

    @BeforeEach
    void furnish() {
        house = new House(home, NOWHERE, NOWHERE);
    }

    @Test
    void whatWaitsIsExplainedWithItsEndAndAsItWas() {
        house.with("WOOTRIC_ACCEPT_PARTIAL", "after_12h").with("BELLWETHER_PUSH", "preview");
        try (Daemon daemon = house.daemon(Clock.fixed(GIVEN.plusSeconds(60), ZoneOffset.UTC))) {
            daemon.ledger()
                    .people()
                    .accounts(
                            List.of(new People.Account("001A", "Acme", null, null, null, false, false, NOW, Map.of())),
                            List.of());
            daemon.ledger()
                    .people()
                    .contacts(
                            List.of(new People.Contact(
                                    "003A", "001A", "Ada", null, List.of("ada@acme.test"), false, NOW, Map.of())),
                            List.of());
            daemon.ledger().people().complete();
            answer(daemon, "1", 9, GIVEN.minus(Duration.ofDays(30)), true);
            answer(daemon, "2", 3, GIVEN, false);
        }
        String explain = "/api/v1/accounts/salesforce:001A/nps/explain?window=all_time";
        try (Daemon daemon = started(GIVEN.plus(Duration.ofHours(1)))) {
            JsonNode told = new Rest(daemon).get(explain).json();
            assertThat(told.get("counted")).hasSize(1);
            assertThat(told.get("excluded")).singleElement().satisfies(one -> {
                assertThat(one.get("id").asText()).isEqualTo("wootric:2");
                assertThat(one.get("reason").asText()).isEqualTo("partial");
                assertThat(one.get("text").asText()).contains("accept_partial");
                assertThat(one.get("until").asText()).isEqualTo("2026-11-24T08:00:00Z");
            });
            assertThat(plain(daemon)).isEqualTo(1);
        }
        try (Daemon daemon = started(NOW)) {
            var api = new Rest(daemon);
            assertThat(api.get(explain).json().at("/counted/0/id").asText()).isEqualTo("wootric:2");
            assertThat(api.get(explain).json().at("/excluded/0/reason").asText())
                    .isEqualTo("superseded");
            assertThat(api.get(explain).json().at("/excluded/0").hasNonNull("until"))
                    .isFalse();
            assertThat(plain(daemon)).isEqualTo(-1);
            JsonNode before = api.get(explain.replace("all_time", "last_month")).json();
            assertThat(before.get("excluded"))
                    .allMatch(one -> one.get("reason").asText().equals("outside_window"))
                    .noneMatch(one -> one.hasNonNull("until"));
            JsonNode then = api.get(explain + "&as_of=2026-11-23").json();
            assertThat(then.at("/counted/0/id").asText()).isEqualTo("wootric:1");
            assertThat(then.at("/excluded/0/reason").asText()).isEqualTo("partial");

            answer(daemon, "2", 3, GIVEN, true);
            JsonNode known = api.get(explain + "&as_of=2026-11-23").json();
            assertThat(known.at("/counted/0/id").asText()).as("now it is known").isEqualTo("wootric:2");
            JsonNode believed = api.get(explain + "&as_of=2026-11-23&known_at=2026-11-23T23:00:00Z")
                    .json();
            assertThat(believed.at("/excluded/0/reason").asText())
                    .as("then it was not")
                    .isEqualTo("partial");
        }
    }

    @Test
    void anotherWordIsAMistakeWithItsLine() {
        house.with("WOOTRIC_ACCEPT_PARTIAL", "after_a_while");
        assertThat(check(Exit.CONFIGURATION))
                .containsPattern("connections.yaml:\\d+: tools.wootric.accept_partial: ")
                .contains("score_only, after_12h, completed_only");
    }

    @Test
    void connectionsOfOneSourceMustAgree() throws IOException {
        house.with("WOOTRIC_ACCEPT_PARTIAL", "after_12h");
        second("wootric", "wootric", "");
        assertThat(check(Exit.CONFIGURATION))
                .containsPattern(
                        "connections.yaml:\\d+: tools.second: source 'wootric' has accept_partial: after_12h in"
                                + " 'wootric' already. Write the same in all connections of one source.");
        assertThat(settings().value().acceptPartial()).isEqualTo(Map.of("wootric", AcceptPartial.AFTER_12H));

        second("wootric", "wootric", "    accept_partial: completed_only\n");
        assertThat(check(Exit.CONFIGURATION))
                .containsPattern("connections.yaml:\\d+: tools.second.accept_partial: source");
        second("wootric", "wootric", "    accept_partial: after_12h\n");
        assertThat(settings().mistakes()).isEmpty();
        second("wootric", "other", "    accept_partial: completed_only\n    schedule: now and then\n");
        assertThat(settings().value().broken()).containsOnlyKeys("second");
        assertThat(settings().value().acceptPartial())
                .as("it holds though the connection is broken")
                .isEqualTo(Map.of("wootric", AcceptPartial.AFTER_12H, "other", AcceptPartial.COMPLETED_ONLY));
    }

    @Test
    void checkSaysWhereNothingCouldBeWaitedFor() throws IOException {
        second("delighted", "second", "    accept_partial: completed_only\n    api_key: k\n");
        assertThat(check(Exit.PARTIAL, "second").replaceAll("\\s+", " "))
                .contains(
                        "accept_partial: completed_only does nothing: mappings/tools/delighted.yaml maps no 'completed'");
        second("delighted", "second", "    api_key: k\n");
        assertThat(check(Exit.OK, "second")).doesNotContain("accept_partial");
        assertThat(check(Exit.UNREACHABLE, "wootric")).doesNotContain("accept_partial");
    }

    private void second(String tool, String source, String more) throws IOException {
        String shipped = Files.readString(Path.of("config/connections.yaml"));
        String credentials = tool.equals("wootric") ? "    client_id: a\n    client_secret: b\n" : "";
        Files.writeString(
                home.resolve("config/connections.yaml"),
                shipped.replace(
                        "\ncrms:\n",
                        "\n  second:\n    tool: " + tool + "\n    source: " + source + "\n    nps_surveys: all\n"
                                + credentials + more + "\ncrms:\n"));
    }

    private Loaded<Settings> settings() {
        return new Configuration(home, house.environment::get).settings();
    }

    private String check(Exit exit, String... connection) {
        var out = new StringWriter();
        var writer = new PrintWriter(out, true);
        String[] arguments = connection.length == 0
                ? new String[] {"check", "--home", home.toString()}
                : new String[] {"check", connection[0], "--home", home.toString()};
        int code = new Bellwether(house.environment::get, Clock.systemUTC()).run(writer, writer, arguments);
        assertThat(code).as(out.toString()).isEqualTo(exit.code());
        return out.toString();
    }

    private static int plain(Daemon daemon) {
        JsonNode plain =
                new Rest(daemon).get("/api/v1/nps?window=all_time").json().get("plain");
        return plain.get("promoters").asInt() - plain.get("detractors").asInt();
    }

    private static void answer(Daemon daemon, String id, int score, Instant at, boolean completed) {
        daemon.ledger()
                .inbox()
                .accept(new Delivery(
                        "wootric",
                        Delivery.NO_RUN,
                        "wootric",
                        false,
                        List.of(Response.of("wootric", null, id)
                                .survey("31")
                                .respondent("ada")
                                .score(score)
                                .answeredAt(at)
                                .completed(completed)
                                .build()),
                        List.of(new Respondent("wootric", "ada", "ada@acme.test", null, null, null, null, null, null)),
                        List.of(),
                        List.of()));
    }

    private Daemon started(Instant now) {
        Daemon daemon = house.daemon(Clock.fixed(now, ZoneOffset.UTC));
        List.of("wootric", "salesforce").forEach(name -> daemon.pauses().pause(name, "BY_HAND", "The test paused it."));
        daemon.start();
        await().atMost(Duration.ofSeconds(60)).until(() -> daemon.refresh().backlog() == 0);
        return daemon;
    }
}
