package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.StillClock;
import bellwether.crm.Composer;
import bellwether.daemon.Wiring;
import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.http.Caller;
import bellwether.mapping.Configuration;
import bellwether.mapping.JsonTemplate;
import bellwether.mapping.Word;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.nps.Metric;
import bellwether.source.Auth;
import bellwether.source.Connection;
import bellwether.source.Cursor;
import bellwether.source.Payload;
import bellwether.source.Tool;
import bellwether.store.Held;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Surveys;
import bellwether.store.Vanished;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tool that answers 200 with an empty list for an hour, in its own shape, through runs and re-reads of everything: the ledger, the
 * rollups and what the CRM is to be told stay as they are. Where a re-read could tell what was deleted, a person is asked; the question
 * goes away by itself when the tool shows its answers again.
 */
class EmptyHourTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** What may change: where runs are, how they went, and what was missed. */
    private static final Set<String> ABOUT_RUNS =
            Set.of("position", "run", "reading", "seen", "absence", "setting", "token", "day_calls", "survey");

    /** No run of a contract asks for more; one that does goes round in a circle. */
    private static final int MOST = 200;

    @TempDir
    private Path folder;

    private final StillClock clock = new StillClock(Instant.EPOCH);
    private ContractServer server;
    private Wiring wiring;
    private Store store;

    @BeforeEach
    void start() throws Exception {
        server = new ContractServer();
        wiring = new Wiring();
        store = Store.open("jdbc:sqlite:" + folder.resolve("b.db"), null, null);
    }

    @AfterEach
    void stop() {
        wiring.close();
        store.close();
        server.close();
    }

    /** A tool's connection with the store behind it. */
    private final class Line {
        final String name;
        final Ledger ledger;
        final Refresher refresher;
        final Caller caller;
        private final ZoneId zone;
        private Connection connection;
        private Instant later;
        private long seen;

        Line(Connection connection, Contract contract) {
            clock.set(Instant.parse(contract.now()));
            this.name = connection.name();
            this.connection = connection;
            this.zone = contract.zone() == null ? ZoneOffset.UTC : ZoneId.of(contract.zone());
            var configuration = new Configuration(Path.of("."), variable -> null);
            var crm = new Composer("salesforce", configuration.crm("salesforce").value(), List.of());
            ledger = new Ledger(store, clock, new Matcher(List.of(Key.CRM_ID, Key.PERSON, Key.EMAIL)), List.of(crm));
            ledger.declare(connection.source(), new Surveys(Map.of(), Metric.NPS));
            people(contract);
            var refresh = new Refresh(store, clock, List.of(crm));
            refresher = new Refresher(
                    refresh, new Held(Map.of()), Rules.defaults(ZoneOffset.UTC), Map.of(), List.of(crm), clock);
            server.keyParameter = connection.tool().auth().get(0) instanceof Auth.Query query ? query.name() : null;
            caller = wiring.add(connection);
        }

        private void people(Contract contract) {
            ledger.people()
                    .accounts(
                            List.of(new People.Account(
                                    "A1", "Acme", null, null, null, false, false, clock.instant(), Map.of())),
                            List.of());
            List<People.Contact> contacts = new ArrayList<>();
            contract.expected().respondents().stream()
                    .map(person -> person.path("email").asText())
                    .filter(email -> !email.isEmpty())
                    .forEach(email -> contacts.add(new People.Contact(
                            "C" + contacts.size(), "A1", "", null, List.of(email), false, null, Map.of())));
            ledger.people().contacts(contacts, List.of());
            ledger.people().complete();
        }

        /** With the tiers of the contract. */
        void connect(Contract contract, Tool tool) {
            connection = ContractTrial.connection(name, tool, contract, server.base(), ContractTrial.SECRET);
        }

        /** A run, and more of them as long as an export is waited for; then what follows is refreshed. */
        Runs.Run run() {
            Instant asked = null;
            do {
                if (asked != null) clock.set(asked);
                later = null;
                Wiring.pull(connection, caller, ledger, store, clock, zone, at -> later = at)
                        .run();
                asked = later;
                seen += new Runs(store, clock).last(name).orElseThrow().seen();
            } while (asked != null && clock.instant().plusSeconds(600).isAfter(asked));
            while (refresher.more()) {}
            return new Runs(store, clock).last(name).orElseThrow();
        }

        /** Runs at the times of the contract; how many rows were read. */
        long runs(Contract contract) {
            List<String> times = new ArrayList<>(List.of(contract.now()));
            times.addAll(contract.again());
            seen = 0;
            for (String time : times) {
                clock.set(Instant.parse(time));
                assertThat(run().fault()).as("at " + time + " after " + told()).isNull();
            }
            return seen;
        }

        Optional<Vanished.Question> question() {
            return ledger.vanished().question(name);
        }
    }

    @ParameterizedTest
    @MethodSource("bellwether.contract.ToolContractTest#tools")
    void anHourOfEmptyListsChangesNoNumber(ToolContractTest.Case tool) {
        emptied(tool, false);
    }

    @ParameterizedTest
    @MethodSource("bellwether.contract.ToolContractTest#tools")
    void norDoesOneInWhichTheListOfSurveysIsEmptyToo(ToolContractTest.Case tool) {
        if (tool.declared().parents() != null) emptied(tool, true);
    }

    private void emptied(ToolContractTest.Case tool, boolean parents) {
        Contract contract = tool.contract();
        Tool declared = tool.declared();
        Line line = new Line(ToolContractTest.connection(tool, contract, server.base()), contract);
        server.serve(contract.exchanges(), nearest(contract));
        line.runs(contract);
        int known = contract.expected().responses().stream()
                .map(response -> response.path("survey").asText() + " "
                        + response.path("id").asText())
                .collect(java.util.stream.Collectors.toSet())
                .size();
        Map<String, List<String>> before = kept();
        List<String> standing = standing();
        assertThat(before.get("response")).as(told()).hasSize(known);
        assertThat(before.toString()).doesNotContain("192.0.2.7", "app.acme.test/home");
        boolean matched = contract.expected().respondents().stream().anyMatch(person -> person.has("email"));
        if (matched) assertThat(before.get("rollup")).isNotEmpty();

        Contract empty = contract.answering(exchange -> emptied(contract, exchange, declared, parents));
        server.serve(List.of(), nearest(empty));
        Contract often = tool.contract();
        often.settings()
                .putArray("rescan")
                .add(JSON.createObjectNode().put("days", 2).put("every", "10m"))
                .add(JSON.createObjectNode().put("every", "20m"));
        line.connect(often, declared);
        int scans = 0;
        for (int minutes = 0; minutes < 60; minutes += 10) {
            clock.advance(Duration.ofMinutes(10));
            line.seen = 0;
            assertThat(line.run().fault()).as("after " + told()).isNull();
            assertThat(line.seen).isZero();
            scans += server.asked.size();
            server.asked.clear();
        }
        assertThat(scans).isPositive();
        assertThat(kept()).isEqualTo(before);

        boolean asks = declared.responses().cursor() instanceof Cursor.Time time && time.word() == Word.ANSWERED_AT;
        assertThat(line.question().map(Vanished.Question::responses).orElse(0L))
                .as("a person is asked about what two complete reads did not find")
                .isEqualTo(asks && !parents ? known : 0);

        // The answers of a contract fit its own windows only, so all is read again as at its time.
        store.change(h -> h.execute("DELETE FROM position"));
        server.serve(contract.exchanges(), nearest(empty));
        line.connect(tool.contract(), declared);
        assertThat(line.runs(contract)).isPositive();
        assertThat(line.question()).isEmpty();
        assertThat(standing()).isEqualTo(standing);
    }

    /** All rows of all tables but those that are about runs. */
    private Map<String, List<String>> kept() {
        return store.read(h -> {
            Map<String, List<String>> kept = new TreeMap<>();
            h
                    .createQuery("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .filter(table -> !ABOUT_RUNS.contains(table) && !table.startsWith("flyway"))
                    .forEach(table -> kept.put(
                            table,
                            h.createQuery("SELECT * FROM " + table).mapToMap().list().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .toList()));
            return kept;
        });
    }

    /** What counts of each response, and each figure. */
    private List<String> standing() {
        return store.read(h -> {
            List<String> all = new ArrayList<>(h.createQuery(
                            "SELECT parent || ' ' || remote_id || ' ' || coalesce(score, -1) || ' ' || answered_at || ' ' || excluded || ' ' || deleted FROM response ORDER BY 1")
                    .mapTo(String.class)
                    .list());
            all.addAll(h
                    .createQuery(
                            "SELECT account, window_name, policy, promoters, passives, detractors, unscored, excluded FROM rollup ORDER BY 1, 2, 3")
                    .mapToMap()
                    .list()
                    .stream()
                    .map(Object::toString)
                    .toList());
            return all;
        });
    }

    private String told() {
        return server.asked.stream().map(ContractAnswers.Asked::text).toList().toString();
    }

    /** The answer without rows of responses, people and sends, and without surveys if so told. */
    private static Contract.Exchange emptied(
            Contract contract, Contract.Exchange exchange, Tool tool, boolean parents) {
        boolean list = tool.parents() != null
                && exchange.path().endsWith(tool.parents().path())
                && called(exchange.body()).equals(called(declared(tool.parents().body())));
        if (list) {
            JsonNode none = parents
                    ? Emptied.of(exchange.answer(), tool.parents().list().records())
                    : null;
            return none == null ? exchange : exchange.answering(none);
        }
        if (exchange.answerBase64() != null) return bare(contract, exchange);
        Payload payload = tool.responses().payload();
        JsonNode text = payload == null || payload.at() == null || exchange.answer() == null
                ? null
                : exchange.answer().get(payload.at());
        if (text != null && text.isTextual()) return exchange.answering(unpacked(exchange.answer(), payload, tool));
        List<String> places = new ArrayList<>(List.of(tool.responses().records()));
        if (tool.respondents() != null) places.add(tool.respondents().records());
        if (tool.sends() != null) places.add(tool.sends().records());
        for (String place : places) {
            String at = exchange.packed() == null || exchange.packed().at() == null
                    ? place
                    : exchange.packed().at() + "." + place;
            JsonNode none = Emptied.of(exchange.answer(), at);
            if (none != null) return exchange.answering(none);
        }
        return exchange;
    }

    /** Of packed tables the shortest is one of a header alone. */
    private static Contract.Exchange bare(Contract contract, Contract.Exchange exchange) {
        String shortest = contract.exchanges().stream()
                .map(Contract.Exchange::answerBase64)
                .filter(java.util.Objects::nonNull)
                .min(java.util.Comparator.comparing(String::length))
                .orElseThrow();
        return new Contract.Exchange(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                exchange.body(),
                200,
                Map.of(),
                null,
                null,
                null,
                shortest);
    }

    private static JsonNode unpacked(JsonNode answer, Payload payload, Tool tool) {
        ObjectNode copy = answer.deepCopy();
        try {
            JsonNode inner = JSON.readTree(
                    Base64.getDecoder().decode(copy.get(payload.at()).asText()));
            JsonNode none = Emptied.of(inner, tool.responses().records());
            if (none != null) copy.put(payload.at(), Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(none)));
            return copy;
        } catch (java.io.IOException | IllegalArgumentException e) {
            return answer; // a session's key
        }
    }

    /** Answers with the exchange of that path whose query and body are most like the request's; of several the last. */
    private Function<ContractAnswers.Asked, ContractAnswers.Reply> nearest(Contract contract) {
        return request -> contract.exchanges().stream()
                .filter(exchange -> server.asked.size() < MOST
                        && exchange.method().equals(request.method())
                        && ToolContractTest.shape(exchange.path()).equals(ToolContractTest.shape(request.path())))
                .reduce((one, other) -> likeness(other, request) >= likeness(one, request) ? other : one)
                .map(this::reply)
                .orElse(null);
    }

    private static JsonNode declared(JsonTemplate body) {
        return body == null ? null : body.fill(name -> null);
    }

    /** The method of a remote call. */
    private static String called(JsonNode body) {
        return body == null ? "" : body.path("method").asText();
    }

    private ContractAnswers.Reply reply(Contract.Exchange exchange) {
        try {
            return server.reply(exchange);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static long likeness(Contract.Exchange exchange, ContractAnswers.Asked request) {
        long alike = exchange.query().entrySet().stream()
                .filter(e -> e.getValue().equals(request.query().get(e.getKey())))
                .count();
        return (request.like(exchange) ? 10_000 : exchange.status() == 200 ? 1_000 : 0)
                + alike
                + leaves(exchange.body(), request.body());
    }

    /** How many values two bodies have in common, at the same places. */
    private static long leaves(JsonNode one, JsonNode other) {
        if (one == null || other == null) return 0;
        if (one.isObject()) {
            return one.properties().stream()
                    .mapToLong(field -> leaves(field.getValue(), other.get(field.getKey())))
                    .sum();
        }
        if (one.isArray()) {
            long sum = 0;
            for (int i = 0; i < one.size(); i++) sum += leaves(one.get(i), other.get(i));
            return sum;
        }
        return one.equals(other) ? 1 : 0;
    }
}
