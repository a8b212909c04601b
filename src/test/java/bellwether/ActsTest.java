package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.Fault;
import bellwether.simulator.SalesforceSimulator;
import bellwether.store.Event;
import bellwether.store.Held;
import bellwether.store.State;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done once is done once, whatever becomes of the answer: recognised by its key, looked for by our mark, or said by a person. */
class ActsTest {
    private static final String COLLECTIONS = "/services/data/v66.0/composite/sobjects";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TASK = """
            push:
              signal:
                object: Task
                verb: insert
                key: %s
                idempotency: %s
                fields:
                  rule: {field: Subject, type: text, length: 255}
                  kind: null
                  value: null
                  reason: {field: Description, type: text, length: 32000}
                  contact: {field: WhoId, type: reference}
                  account: {field: WhatId, type: reference}
                  response: null
                  occurred_at: null
            """;

    private final TestClock clock = new TestClock();

    @TempDir
    Path home;

    private Company company;
    private SalesforceSimulator salesforce;
    private House house;

    @BeforeEach
    void start() throws IOException {
        company = Company.of(5, 4, 20, 0, Instant.now().minusSeconds(600));
        salesforce = SalesforceSimulator.start(company);
        salesforce.addField("Task", "Mark__c", "string", 80);
        house = new House(home, "http://127.0.0.1:9", salesforce.baseUrl()).with("SALESFORCE_TIMEOUT", "2s");
        Path properties = home.resolve("config/application.properties");
        Files.writeString(
                properties, Files.readString(properties).replace("call.first-wait = 1000", "call.first-wait = 10"));
    }

    @AfterEach
    void stop() {
        salesforce.close();
    }

    @Test
    void anUpsertByKeyIsRepeatedUntilItIsAnsweredAndIsThereOnce() {
        salesforce.fail(Fault.drop(COLLECTIONS + "/NPS_Signal__c").committed().times(2));
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0), event("b".repeat(100), 1));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 2);
        }
        assertThat(salesforce.creations("NPS_Signal__c")).hasSize(2).containsEntry("a", 1);
        assertThat(salesforce.creations("NPS_Signal__c").values()).containsOnly(1);
        assertThat(salesforce.updated()).containsEntry("NPS_Signal__c", 4L);
        Map<String, Object> signal = salesforce.records("NPS_Signal__c").get(0);
        assertThat(signal)
                .containsEntry("Rule__c", "alarm")
                .containsEntry("Kind__c", "Warning")
                .containsEntry("Value__c", "promoter_to_detractor")
                .containsEntry("Reason__c", "9 to 3")
                .containsEntry("Contact__c", company.contact(0).id())
                .containsEntry("Account__c", company.contact(0).accountId());
        assertThat(salesforce
                        .records("NPS_Signal__c")
                        .get(1)
                        .get("Signal_Id__c")
                        .toString())
                .matches("[0-9a-f]{64}");
    }

    @Test
    void anInsertWhoseAnswerWasLostIsLookedForAndNotRepeated() {
        declared("Mark__c", "search");
        salesforce.fail(Fault.drop(COLLECTIONS).on("POST").committed());
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0), event("it's \\ b", 1));
            await().atMost(PATIENCE).until(() -> count(daemon, "unknown") == 2);
            clock.advance(Duration.ofMinutes(1));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 2);
        }
        assertThat(salesforce.records("Task"))
                .extracting(task -> task.get("Mark__c"))
                .containsExactlyInAnyOrder("a", "it's \\ b");
        assertThat(salesforce.calls()).containsEntry("POST /composite/sobjects", 1L);
    }

    @Test
    void anInsertThatNeverArrivedIsSentAgainOnceItWasLookedFor() {
        declared("Mark__c", "search");
        salesforce.fail(Fault.drop(COLLECTIONS).on("POST"));
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0));
            await().atMost(PATIENCE).until(() -> count(daemon, "unknown") == 1);
            assertThat(salesforce.records("Task")).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 1);
        }
        assertThat(salesforce.records("Task")).hasSize(1);
    }

    @Test
    void aDaemonThatFellAsleepBehindItsInsertLooksForItWhenItWakes() {
        declared("Mark__c", "search");
        try (Daemon daemon = started()) {
            happens(daemon, event("arrived", 0), event("lost", 1));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 2);
            // As a kill between the commit of "sending" and the answer would leave them, one taken by the CRM and one
            // not.
            daemon.store().change(h -> h.execute("UPDATE act SET status = 'sending', claimed_by = 'who was killed'"));
        }
        String lost = salesforce.records("Task").stream()
                .filter(task -> task.get("Mark__c").equals("lost"))
                .map(task -> task.get("Id").toString())
                .findFirst()
                .orElseThrow();
        salesforce.delete("Task", lost);
        try (Daemon daemon = started()) {
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 2);
        }
        assertThat(salesforce.records("Task"))
                .filteredOn(task -> !Boolean.TRUE.equals(task.get("IsDeleted")))
                .extracting(task -> task.get("Mark__c"))
                .containsExactlyInAnyOrder("arrived", "lost");
        assertThat(salesforce.created()).containsEntry("Task", 3L);
    }

    @Test
    void anInsertWithoutAMarkWaitsForAPerson() {
        declared("null", "none");
        salesforce.fail(Fault.drop(COLLECTIONS).on("POST").committed());
        try (Daemon daemon = started()) {
            Rest api = new Rest(daemon);
            happens(daemon, event("a", 0), event("b", 1));
            await().atMost(PATIENCE).until(() -> count(daemon, "unknown") == 2);
            clock.advance(Duration.ofHours(1));
            await().during(Duration.ofSeconds(3)).until(() -> count(daemon, "unknown") == 2);
            assertThat(salesforce.calls()).containsEntry("POST /composite/sobjects", 1L);

            JsonNode connection = api.get("/api/v1/connections/salesforce").json();
            assertThat(connection.at("/acts/signal/unknown").asInt()).isEqualTo(2);
            assertThat(connection.get("attention").toString()).contains("2 acts nobody knows");
            List<JsonNode> unknown = api.all("/api/v1/acts?status=unknown&limit=1");
            assertThat(unknown).extracting(act -> act.get("key").asText()).containsExactly("b", "a");
            long b = unknown.get(0).get("id").asLong();
            long a = unknown.get(1).get("id").asLong();
            assertThat(api.post("/api/v1/acts/" + a + "/resolve").status()).isEqualTo(400);
            assertThat(api.post("/api/v1/acts/" + a + "/resolve?as=done")
                            .json()
                            .get("status")
                            .asText())
                    .isEqualTo("done");
            assertThat(api.post("/api/v1/acts/" + a + "/resolve?as=owed").status())
                    .isEqualTo(409);
            assertThat(api.post("/api/v1/acts/" + b + "/resolve?as=owed").status())
                    .isEqualTo(200);
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 2);
        }
        // b is there twice: the person said that it was not.
        assertThat(salesforce.records("Task")).hasSize(3);
    }

    @Test
    void whatWasNotTakenIsSentAgainAtOnceWithoutLooking() {
        declared("null", "none");
        salesforce.fail(Fault.status(COLLECTIONS, 503).on("POST"));
        salesforce.fail(Fault.status(COLLECTIONS, 401).on("POST").after(1));
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 1);
        }
        assertThat(salesforce.records("Task")).hasSize(1);
    }

    @Test
    void aRefusedActIsADeadLetterAndItsNeighboursAreDone() {
        salesforce.failRow("bad", "FIELD_CUSTOM_VALIDATION_EXCEPTION", 1);
        salesforce.failRow("locked", "UNABLE_TO_LOCK_ROW", 1);
        try (Daemon daemon = started()) {
            Rest api = new Rest(daemon);
            happens(daemon, event("good", 0), event("bad", 1), event("locked", 2), event("fine", 3));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 3);
            JsonNode letter =
                    api.get("/api/v1/dead-letters?connection=salesforce").json().at("/items/0");
            assertThat(letter.get("code").asText()).isEqualTo("FIELD_CUSTOM_VALIDATION_EXCEPTION");
            JsonNode acts = api.get("/api/v1/acts?status=rejected").json();
            assertThat(acts.get("counts").toString()).isEqualTo("{\"done\":3,\"rejected\":1}");
            assertThat(acts.at("/items/0/key").asText()).isEqualTo("bad");
            assertThat(letter.get("record").asText())
                    .isEqualTo("act:" + acts.at("/items/0/id").asLong());

            assertThat(api.post("/api/v1/dead-letters/" + letter.get("id").asLong() + "/replay")
                            .json()
                            .get("pushes_owed")
                            .asInt())
                    .isEqualTo(1);
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 4);
            assertThat(api.get("/api/v1/dead-letters").json().get("items")).isEmpty();
        }
        assertThat(salesforce.creations("NPS_Signal__c").values()).hasSize(4).containsOnly(1);
    }

    @Test
    void withoutItsObjectTheKindIsLeftOutAndTheRestIsWritten() {
        salesforce.removeObject("NPS_Signal__c");
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0));
            await().atMost(PATIENCE)
                    .until(() -> daemon.targets().counts("salesforce").containsKey("account/acknowledged"));
            assertThat(daemon.pauses().of("salesforce")).isEmpty();
            assertThat(new Rest(daemon)
                            .get("/api/v1/connections/salesforce")
                            .json()
                            .get("missing_fields")
                            .toString())
                    .contains("NPS_Signal__c is not there");
            assertThat(count(daemon, "owed")).isEqualTo(1);
        }
    }

    @Test
    void inPreviewNothingIsDoneAndWhatIsOldByThenNeverIs() {
        house.with("BELLWETHER_PUSH", "preview");
        try (Daemon daemon = started()) {
            happens(daemon, event("a", 0));
            await().during(Duration.ofSeconds(3)).until(() -> count(daemon, "owed") == 1);
        }
        clock.advance(Duration.ofDays(8));
        house.with("BELLWETHER_PUSH", "on");
        try (Daemon daemon = started()) {
            happens(daemon, event("b", 1));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") == 1);
            assertThat(count(daemon, "old")).isEqualTo(1);
        }
        assertThat(salesforce.creations("NPS_Signal__c").keySet()).containsExactly("b");
    }

    @Test
    void aPilotListLimitsActsToo() throws IOException {
        String pilot = company.contact(0).accountId();
        Path connections = home.resolve("config/connections.yaml");
        Files.writeString(
                connections,
                Files.readString(connections)
                        .replaceFirst("(?m)^( +)push: .*$", "$0\n$1only_accounts: [" + pilot + "]"));
        try (Daemon daemon = started()) {
            List<Event> events = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                events.add(event("k" + i, i));
            }
            happens(daemon, events.toArray(Event[]::new));
            await().atMost(PATIENCE).until(() -> count(daemon, "done") > 0);
            assertThat(count(daemon, "owed")).isPositive();
        }
        assertThat(salesforce.records("NPS_Signal__c"))
                .extracting(signal -> signal.get("Account__c"))
                .containsOnly(pilot);
    }

    private void declared(String key, String idempotency) {
        house.overlay("crms/salesforce.yaml", TASK.formatted(key, idempotency));
    }

    private Daemon started() {
        Daemon daemon = house.daemon(clock);
        daemon.pauses().pause("wootric", "BY_HAND", "The test paused it.");
        daemon.start();
        await().atMost(PATIENCE).until(() -> daemon.ledger().people().isComplete());
        return daemon;
    }

    /** Something that happened to a contact, by its place in the company. */
    private Event event(String key, int contact) {
        return new Event(
                key, "alarm", "warning", "contact", contact, null, "promoter_to_detractor", "9 to 3", clock.instant());
    }

    /** What a rule of the test's own says of the next account to be refreshed. */
    private void happens(Daemon daemon, Event... events) {
        List<Event> known = Arrays.stream(events)
                .map(e -> new Event(
                        e.key(),
                        e.rule(),
                        e.kind(),
                        e.subjectKind(),
                        daemon.store().read(h -> h.createQuery("SELECT id FROM contact WHERE remote_id = :id")
                                .bind("id", company.contact((int) e.subject()).id())
                                .mapTo(Long.class)
                                .one()),
                        e.response(),
                        e.value(),
                        e.reason(),
                        e.at()))
                .toList();
        daemon.refresh().declare(Map.of("alarm", "a"));
        daemon.store().change(h -> h.execute("UPDATE rule SET since = 0"));
        await().atMost(PATIENCE).until(() -> {
            daemon.store().change(h -> h.execute("UPDATE account SET stale = stale + 1 WHERE id = 1"));
            return daemon.refresh()
                            .next(
                                    1,
                                    new Held(Map.of()),
                                    subject -> new State(
                                            List.of(),
                                            List.of(),
                                            known,
                                            null,
                                            List.of(new State.Wish(
                                                    "salesforce",
                                                    "account",
                                                    1,
                                                    "{\"NPS_Sample__c\":\"No responses\"}")),
                                            Set.of(),
                                            Set.of(),
                                            null))
                    == 1;
        });
    }

    private static long count(Daemon daemon, String status) {
        return daemon.acts().counts("salesforce").getOrDefault("signal/" + status, 0L);
    }
}
