package bellwether.command;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Exit;
import bellwether.store.Store;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code bellwether try}: what a tool says, what is read of it, whom it is matched to. */
class TryTest extends AtSimulators {
    @Test
    void withoutADirectoryItShowsWhatIsReadAndWhereItStands() {
        assertThat(run("try", "wootric", "--limit", "3")).as(out::toString).isEqualTo(Exit.OK.code());

        assertThat(out.toString())
                .contains("wootric: 3 records. Nothing is kept.", "\"end_user_id\": ")
                .containsPattern("(?m)^ {4}score +\\d+  <- score$")
                .containsPattern("(?m)^ {4}respondent +7\\d+  <- end_user_id$")
                .containsPattern("(?m)^ {4}person +\\S+@\\S+")
                .contains("there is no directory yet")
                .doesNotContain("demo-secret");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
        assertThat(home.resolve("data")).doesNotExist();
    }

    @Test
    void withADirectoryItSaysWhoItIsAndWritesNothing() throws Exception {
        run("sync", "salesforce");
        Map<String, Long> before = counts();

        run("try", "wootric", "--limit", "40", "--json");

        JsonNode rows = new ObjectMapper().readTree(out.toString()).path("rows");
        assertThat(rows).hasSize(40);
        int matched = 0;
        for (JsonNode row : rows) {
            String status = row.path("match").path("status").asText();
            if (status.equals("matched")) {
                matched++;
                assertThat(contact(row.path("person").path("email").asText()))
                        .isEqualTo(row.path("match").path("contact").asText());
                assertThat(row.path("match").path("account_name").asText()).isNotBlank();
            } else {
                assertThat(row.path("match").path("cause").asText() + row.path("fault"))
                        .isNotBlank();
            }
            assertThat(row.path("words").path("id").path("place").asText()).isEqualTo("id");
        }
        assertThat(matched).isGreaterThan(20);
        assertThat(counts()).isEqualTo(before);
    }

    @Test
    void whoWasAskedIsShownTooWhereTheToolTells() throws Exception {
        run("try", "wootric", "--limit", "1");
        assertThat(out.toString()).contains("Who was asked is told by no list of Wootric");
        run("sync", "salesforce");
        String known = company.contact(0).email();
        long sent = Instant.now().minusSeconds(7_200).getEpochSecond();
        String asked = """
                {"response_id":"%1$s","contact_id":"%1$s","email":"%2$s","name":"","answer":"%3$s","comment":"","question_type":"nps",
                "sent":"%4$d","responded":"%5$d","status":"%6$s"}""";
        String first = asked.formatted("71", known, "9", sent, sent + 60, "");
        String second = asked.formatted("72", "nobody@away.test", "", sent, 0, "bounced");
        var asknicely =
                new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
        asknicely.start();
        try {
            asknicely.stubFor(get(urlPathMatching("/responses/asc/.*/json/raw/sent/.*"))
                    .willReturn(
                            okJson("{\"success\":true,\"totalpages\":\"1\",\"data\":[" + first + "," + second + "]}")));
            asknicely.stubFor(get(urlPathMatching("/responses/asc/.*/json/answered/responded/.*"))
                    .willReturn(okJson("{\"success\":true,\"totalpages\":\"1\",\"data\":[" + first + "]}")));
            Path connections = home.resolve("config/connections.yaml");
            Files.writeString(
                    connections,
                    Files.readString(connections)
                            .replace(
                                    "\ncrms:\n",
                                    "\n  asked: {tool: asknicely, tenant: acme, api_key: told, nps_surveys: all, base_url: '"
                                            + asknicely.baseUrl() + "'}\n\ncrms:\n"));

            assertThat(run("try", "asked")).as(out::toString).isEqualTo(Exit.OK.code());

            assertThat(out.toString())
                    .contains(
                            "asked: 1 record.",
                            "Who was asked: 2 records.",
                            company.contact(0).id())
                    .containsPattern("(?m)^ {4}status +bounced +<- status$")
                    .containsPattern("(?m)^ {4}sent_at +\\S+ +<- sent$")
                    .containsPattern("(?s)Who was asked.*\"status\": \"bounced\".*waiting");
        } finally {
            asknicely.stop();
        }
    }

    private String contact(String email) {
        for (int i = 0; i < company.contactCount(); i++) {
            if (email.equalsIgnoreCase(company.contact(i).email())) {
                return company.contact(i).id();
            }
        }
        return null;
    }

    private Map<String, Long> counts() {
        try (var store = Store.look("jdbc:sqlite:" + home.resolve("data/bellwether.db"), null, null)) {
            Map<String, Long> counts = new HashMap<>();
            for (String table : List.of("response", "respondent", "position", "run", "dead_letter", "survey")) {
                counts.put(table, store.read(h -> h.createQuery("SELECT count(*) FROM " + table)
                        .mapTo(Long.class)
                        .one()));
            }
            return counts;
        }
    }

    @Test
    void aRecordThatCannotBeUsedIsShownWithItsReason() throws Exception {
        assertThat(run("try", "wootric", "--limit", "300")).as(out::toString).isEqualTo(Exit.PARTIAL.code());
        assertThat(out.toString()).contains("SET ASIDE", "SCORE_OUT_OF_RANGE");
        assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aFileIsTriedAsItWouldBeImported() throws Exception {
        house.overlay("tools/wootric.yaml", """
                file:
                  map: {id: Response ID, email: E-mail, score: Score, answered_at: Date}
                  time_formats: ["yyyy-MM-dd HH:mm"]
                """);
        String known = company.contact(0).email();
        Path file = Files.writeString(
                home.resolve("in.csv"),
                "Response ID,E-mail,Score,Date\nf1," + known
                        + ",9,2026-11-02 10:00\nf2,a@b.test,12,2026-11-02 10:00\n");
        run("sync", "salesforce");
        long calls =
                wootric.calls().values().stream().mapToLong(Long::longValue).sum();

        assertThat(run("try", "wootric", "--file", file.toString())).isEqualTo(Exit.PARTIAL.code());

        assertThat(out.toString())
                .contains("2 records", "SCORE_OUT_OF_RANGE", company.contact(0).id(), known)
                .containsPattern("answered_at +2026-11-02T10:00:00Z  <- Date");
        assertThat(wootric.calls().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(calls);
    }

    @Test
    void aRefusalSaysWhichSetting() {
        house.with("WOOTRIC_CLIENT_SECRET", "wrong-secret");
        assertThat(run("try", "wootric")).isEqualTo(Exit.UNREACHABLE.code());
        assertThat(out.toString())
                .contains("no record", "CREDENTIALS_REFUSED", "client_secret")
                .doesNotContain("wrong-secret");
        assertThat(run("try", "salesforce")).isEqualTo(Exit.USAGE.code());
        assertThat(run("try", "wootric", "--limit", "0")).isEqualTo(Exit.USAGE.code());
    }
}
