package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Contacts that were asked, over the whole line: what is written of them before they answer, with an answer, and after the last is gone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class AskedContacts {
    private static final String ASKED = "NPS_Last_Surveyed__c";
    private static final String COMMENT = "NPS_Comment__c";
    private static final String SYNCED = "NPS_Last_Synced__c";
    private static final String TOOL = """
            respondents: {map: {last_surveyed_at: null}}
            file:
              map: {id: id, email: email, score: score, answered_at: answered_at}
              time_formats: [iso]
              sends: {id: id, email: email, sent_at: sent_at, status: status}
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Instant FIRST =
            Instant.now().minus(Duration.ofDays(20)).truncatedTo(ChronoUnit.SECONDS);
    private static final Instant SECOND = FIRST.plus(Duration.ofDays(3));
    private static final Instant THIRD = FIRST.plus(Duration.ofDays(5));

    private final TestClock clock = new TestClock();
    private Company company;
    private WootricSimulator wootric;
    private SalesforceSimulator salesforce;
    private House house;
    private Daemon daemon;
    /** Contacts that the tool knows and that never answered. */
    private List<Company.Contact> silent;
    /** One whose every answer counts. */
    private Company.Contact answered;

    /** Points the daemon at its store. */
    abstract void store(House house);

    @BeforeAll
    void start(@TempDir Path home) {
        company = Company.of(9, 14, 80, 60, Instant.now().minusSeconds(600));
        wootric = WootricSimulator.start(
                company, WootricSimulator.Options.standard().callsPerMinute(0));
        salesforce = SalesforceSimulator.start(
                company, SalesforceSimulator.Options.standard().clock(clock));
        house = new House(home, wootric.baseUrl(), salesforce.baseUrl()).overlay("tools/wootric.yaml", TOOL);
        store(house);
        choose();
        silent.forEach(one -> salesforce.edit("Contact", one.id(), Map.of(COMMENT, "Kept by hand", "NPS_Score__c", 3)));
        daemon();
        await().atMost(PATIENCE).until(() -> House.settled(daemon));
    }

    @AfterAll
    void stop() {
        daemon.close();
        salesforce.close();
        wootric.close();
    }

    @Test
    @Order(1)
    void ofOneWhoNeverAnsweredNothingIsWrittenButThatTheyWereAsked() throws IOException {
        assertThat(silent).allSatisfy(one -> assertThat(held(one)).doesNotContainKeys(ASKED, SYNCED));
        Map<String, Object> answer = held(answered);

        sent("s", FIRST, silent.get(0), silent.get(1), silent.get(2), answered);

        for (Company.Contact one : silent.subList(0, 3)) {
            assertThat(held(one))
                    .containsEntry(ASKED, told(FIRST))
                    .containsEntry(COMMENT, "Kept by hand")
                    .containsKeys("NPS_Score__c", SYNCED)
                    .doesNotContainKeys("NPS_Responses__c", "NPS_Source__c", "NPS_Category__c");
        }
        assertThat(held(answered)).containsEntry(ASKED, told(FIRST)).containsEntry(COMMENT, answer.get(COMMENT));
        assertThat(held(silent.get(3))).doesNotContainKeys(ASKED, SYNCED);
    }

    @Test
    @Order(2)
    void aSecondReadingWithNothingNewWritesNothing() throws IOException {
        long writes = House.writes(salesforce.calls());
        sent("s", FIRST, silent.get(0), silent.get(1), silent.get(2), answered);
        House.sync(daemon);
        assertThat(House.writes(salesforce.calls())).isEqualTo(writes);
    }

    @Test
    @Order(3)
    void theFirstAnswerIsWrittenWhole() {
        Company.Contact one = silent.get(0);
        Company.Response last = company.response(company.responseCount() - 1);
        clock.advance(Duration.ofMinutes(5));
        Instant at = clock.instant().minusSeconds(120).truncatedTo(ChronoUnit.SECONDS);
        company.put(
                company.responseCount(),
                new Company.Response(
                        last.id() + 7,
                        user(one).id(),
                        31,
                        9,
                        null,
                        at,
                        at,
                        true,
                        false,
                        List.of(),
                        last.originUrl(),
                        last.ipAddress(),
                        Map.of(),
                        null));
        House.sync(daemon);
        assertThat(held(one))
                .containsEntry("NPS_Category__c", "Promoter")
                .containsEntry(ASKED, told(FIRST))
                .as("an old comment belongs to no new answer")
                .doesNotContainKey(COMMENT);
    }

    @Test
    @Order(4)
    void whoLosesAllAnswersStaysAskedAndKeepsWhatAPersonChanged() throws IOException {
        assertThat(held(answered)).containsKeys("NPS_Score__c", "NPS_Responses__c");
        salesforce.edit("Contact", answered.id(), Map.of(COMMENT, "Called her"));
        house.with("BELLWETHER_PUSH", "preview");
        restart();
        IntStream.range(0, company.responseCount())
                .filter(i -> Objects.equals(
                        company.response(i).endUserId(), user(answered).id()))
                .forEach(company::delete);
        readAll();
        readAll();
        file("t", SECOND, answered);
        await().atMost(PATIENCE).until(() -> daemon.refresh().backlog() == 0);
        assertThat(held(answered)).containsKey("NPS_Score__c");

        house.with("BELLWETHER_PUSH", "on");
        restart();
        await().atMost(PATIENCE).until(() -> House.settled(daemon));

        assertThat(held(answered))
                .containsEntry(ASKED, told(SECOND))
                .containsEntry(COMMENT, "Called her")
                .doesNotContainKeys("NPS_Score__c", "NPS_Date__c", "NPS_Category__c", "NPS_Responses__c");
    }

    @Test
    @Order(5)
    void theDatesGoAlongWithWhoeverMovesOrIsMerged() throws IOException {
        Company.Contact mover = silent.get(1);
        String to = company.account(company.account(5).id().equals(mover.accountId()) ? 6 : 5)
                .id();
        salesforce.edit("Contact", mover.id(), Map.of("AccountId", to));
        sent("u", THIRD, silent.get(3));
        House.sync(daemon);
        assertThat(held(mover)).containsEntry(ASKED, told(FIRST)).containsEntry(COMMENT, "Kept by hand");

        salesforce.merge("Contact", silent.get(3).id(), mover.id());
        House.sync(daemon);
        assertThat(held(mover)).as("the later one").containsEntry(ASKED, told(THIRD));
        salesforce.merge("Contact", silent.get(2).id(), mover.id());
        House.sync(daemon);
        assertThat(held(mover)).as("still").containsEntry(ASKED, told(THIRD)).containsEntry(COMMENT, "Kept by hand");
        sent("v", SECOND, answered);
        assertThat(held(answered)).containsEntry(ASKED, told(SECOND));
    }

    private void choose() {
        Set<Integer> answering = new HashSet<>();
        for (int i = 0; i < company.responseCount(); i++) {
            answering.add(company.response(i).endUserId());
        }
        List<Company.Contact> known = IntStream.range(12, company.endUserCount())
                .mapToObj(company::contact)
                .filter(one -> one.accountId() != null
                        && !user(one).deleted()
                        && one.email().equalsIgnoreCase(user(one).email()))
                .toList();
        silent = known.stream()
                .filter(one -> !answering.contains(user(one).id()))
                .limit(4)
                .toList();
        assertThat(silent).hasSize(4);
        answered = known.stream().filter(this::plainly).findFirst().orElseThrow();
    }

    private boolean plainly(Company.Contact one) {
        List<Company.Response> theirs = IntStream.range(0, company.responseCount())
                .mapToObj(company::response)
                .filter(r -> Objects.equals(r.endUserId(), user(one).id()))
                .toList();
        return !theirs.isEmpty()
                && theirs.stream()
                        .allMatch(r -> r.score() != null
                                && r.text() != null
                                && r.surveyId() < 40
                                && !r.excluded()
                                && r.created().isAfter(Instant.now().minus(Duration.ofDays(150))));
    }

    /** The tool's people are in the order of the contacts. */
    private Company.EndUser user(Company.Contact contact) {
        return company.endUser(contact.index());
    }

    private Map<String, Object> held(Company.Contact contact) {
        return salesforce.record("Contact", contact.id());
    }

    private static String told(Instant at) {
        return at.toString().replace("Z", ".000+0000");
    }

    private void sent(String prefix, Instant at, Company.Contact... people) throws IOException {
        file(prefix, at, people);
        await().pollDelay(Duration.ofSeconds(3)).atMost(PATIENCE).until(() -> House.settled(daemon));
    }

    private void file(String prefix, Instant at, Company.Contact... people) throws IOException {
        StringBuilder lines = new StringBuilder("id,email,sent_at,status\n");
        for (Company.Contact one : people) {
            lines.append(prefix + one.index() + "," + one.email() + "," + at + ",delivered\n");
        }
        Path file = house.home.resolve("data/in/wootric/sends.csv");
        Files.createDirectories(file.getParent());
        Files.writeString(file, lines);
        await().atMost(PATIENCE).until(() -> !Files.exists(file));
    }

    private void readAll() {
        clock.advance(Duration.ofSeconds(2));
        long before = daemon.runs().last("wootric").orElseThrow().number();
        LocalDate since = LocalDate.ofInstant(clock.instant(), Noon.zone()).minusMonths(6);
        assertThat(new Rest(daemon)
                        .post("/api/v1/connections/wootric/backfill?since=" + since)
                        .status())
                .isEqualTo(202);
        await().atMost(PATIENCE).until(() -> daemon.runs()
                .last("wootric")
                .filter(run -> run.number() > before && run.endedAt() != null)
                .isPresent());
    }

    private void restart() {
        daemon.close();
        daemon();
    }

    private void daemon() {
        daemon = house.daemon(clock);
        daemon.start();
    }
}
