package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Wiring;
import bellwether.http.ErrorRule;
import bellwether.http.Limits;
import bellwether.mapping.Configuration;
import bellwether.mapping.FieldRule;
import bellwether.mapping.Word;
import bellwether.source.Auth;
import bellwether.source.Connection;
import bellwether.source.Plan;
import bellwether.source.Position;
import bellwether.source.Run;
import bellwether.source.Sample;
import bellwether.source.SetAside;
import bellwether.source.Step;
import bellwether.source.Tool;
import bellwether.source.Tools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every tool inherits from its two files: its contract is served over HTTP and must give exactly what it says, and so must the
 * failures that any API has, in the tool's own shapes. Calls go the way they go in the daemon. The tools of the tests' own, in
 * {@code src/test/tools}, have what no shipped tool may need just now.
 */
class ToolContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = ContractTrial.SECRET;

    private static ContractServer server;
    private static Wiring wiring;
    private static int runs;

    /** A tool by its home and name. */
    record Case(Path home, String tool) {
        Contract contract() {
            return Contract.load(home, tool);
        }

        Tool declared() {
            var loaded = Tools.load(
                    new Configuration(home, variable -> null), contract().tool());
            assertThat(loaded.mistakes()).isEmpty();
            return loaded.value();
        }

        @Override
        public String toString() {
            return tool;
        }
    }

    static Stream<Case> tools() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (Path home : List.of(Path.of("."), Path.of("src/test/tools"))) {
            try (Stream<Path> files = Files.list(home.resolve("mappings/contracts/tools"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".yaml"))
                        .map(name -> name.replace(".yaml", ""))
                        .sorted()
                        .forEach(name -> cases.add(new Case(home, name)));
            }
        }
        return cases.stream();
    }

    @BeforeAll
    static void start() throws Exception {
        server = new ContractServer();
        wiring = new Wiring();
    }

    @AfterAll
    static void stop() {
        wiring.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void asksExactlyWhatTheContractSaysAndReadsExactlyThat(Case tool) {
        Contract contract = tool.contract();
        Run run = read(tool, contract);

        assertThat(server.asked.stream().map(ContractAnswers.Asked::text))
                .as("stopped by " + run.stops())
                .containsExactlyElementsOf(contract.exchanges().stream()
                        .map(ContractAnswers.Asked::text)
                        .toList());
        assertThat(refused(run)).containsExactlyElementsOf(contract.expected().refused());
        assertThat(run.responses().stream().map(Told::json))
                .containsExactlyElementsOf(contract.expected().responses());
        assertThat(run.respondents().stream().map(Told::json))
                .containsExactlyInAnyOrderElementsOf(contract.expected().respondents());
        assertThat(run.sends().stream().map(Told::json))
                .containsExactlyElementsOf(contract.expected().sends());
        assertThat(run.setAside().stream().map(Told::json))
                .containsExactlyElementsOf(contract.expected().setAside());
        assertThat(run.skipped()).isEqualTo(contract.expected().skipped());
        assertThat(run.positions().stream().map(Told::json))
                .containsExactlyElementsOf(contract.expected().positions());
    }

    @ParameterizedTest
    @MethodSource("tools")
    void everyRequestCarriesTheCredentials(Case tool) {
        Contract contract = tool.contract();
        read(tool, contract);
        assertThat(server.asked).isNotEmpty().allSatisfy(request -> assertThat(carries(request, tool))
                .as(request.text())
                .isTrue());
    }

    private static boolean carries(ContractAnswers.Asked request, Case tool) {
        Auth auth = tool.declared().auth().get(0);
        if (auth instanceof Auth.Session) return true;
        if (request.whole().contains("[localhost:")) return !request.whole().contains(SECRET);
        if (auth instanceof Auth.Basic) return request.whole().contains("Basic ");
        return request.whole().contains(auth instanceof Auth.Grant ? ContractAnswers.TOKEN : SECRET);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theSamePagesAgainGiveTheSame(Case tool) {
        Contract contract = tool.contract();
        Run first = read(tool, contract);
        Run second = read(tool, contract);
        assertThat(second.responses()).isNotEmpty().isEqualTo(first.responses());
        assertThat(second.positions().stream().map(Told::json))
                .containsExactlyElementsOf(
                        first.positions().stream().map(Told::json).toList());
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aSampleShowsRecordsAsARunReadsThem(Case tool) {
        Contract contract = tool.contract();
        Map<String, Integer> asked = new HashMap<>();
        server.serve(List.of(), request -> {
            List<Contract.Exchange> same = contract.exchanges().stream()
                    .filter(e -> e.method().equals(request.method())
                            && shape(e.path()).equals(shape(request.path())))
                    .toList();
            if (same.isEmpty()) return null;
            int count = asked.merge(request.method() + request.path(), 1, Integer::sum);
            try {
                return server.reply(same.get(Math.min(count, same.size()) - 1));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        Connection connection = connection(tool, contract);
        Instant[] now = {Instant.parse(contract.now())};
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now[0];
            }
        };
        var sample = Sample.of(connection, wiring.add(connection), clock, 2, time -> now[0] = now[0].plus(time));
        assertThat(sample.lines()).as("" + sample.fault()).hasSizeBetween(1, 2);
        List<String> known = contract.expected().responses().stream()
                .map(response -> response.path("id").asText())
                .toList();
        boolean told = tool.declared().sends() != null;
        if (told)
            assertThat(sample.sends()).hasSizeBetween(1, 2).allSatisfy(line -> assertThat(line.words())
                    .containsKeys("sent_at", "status"));
        else assertThat(sample.sends()).isNull();
        assertThat(sample.lines())
                .filteredOn(line -> line.taken() && line.fault() == null)
                .allSatisfy(line -> assertThat(known)
                        .contains((String) line.words().get("id").value()));
    }

    /** Size, page and times that stand in a path are those of the contract's own run. */
    static String shape(String path) {
        return path.startsWith("/responses/asc/") ? path.replaceAll("\\d+", "#") : path;
    }

    @ParameterizedTest
    @MethodSource("tools")
    void anEmptyFirstPageIsTheEndAndNoError(Case tool) {
        Contract contract = tool.contract();
        Tool declared = tool.declared();
        if (declared.responses().payload() != null || declared.responses().export() != null) return;
        Contract empty = contract.answering(exchange -> without(exchange, declared, false));
        server.serve(empty.exchanges(), similar(empty));
        Run run = run(tool, contract);
        assertThat(refused(run)).containsExactlyElementsOf(contract.expected().refused());
        assertThat(run.responses()).isEmpty();
        assertThat(run.positions()).isNotEmpty().noneMatch(Position::open);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void whatIsNoListIsNeverAnEmptyPage(Case tool) {
        Contract contract = tool.contract();
        for (String body :
                List.of("<html><body>Back soon</body></html>", "", "{\"odd\":\"none\"}", "null", "[{\"id\":1", "7")) {
            server.serve(List.of(), request -> ContractAnswers.Reply.of(200, body));
            Run run = run(tool, contract);
            assertThat(run.stops()).as(body).isNotEmpty();
            assertThat(run.pages()).as(body).isZero();
            Position position = run.stops().get(0).position();
            assertThat(position.coveredUntil()).as(body).isEqualTo(position.from());
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void refusalPausesAndHaltWaitsAsTold(Case tool) {
        Contract contract = tool.contract();
        List<ErrorRule> rules = tool.declared().errors();
        for (int status : List.of(400, 401, 403, 404)) {
            if (rules.stream().anyMatch(rule -> rule.status() != null && rule.status() == status)) continue;
            server.serve(List.of(), request -> ContractAnswers.Reply.of(status, "{}"));
            assertThat(run(tool, contract).stops())
                    .as("status " + status)
                    .hasSize(1)
                    .first()
                    .isInstanceOf(Step.Pause.class);
        }
        for (int status : List.of(500, 502, 503)) {
            server.serve(List.of(), request -> ContractAnswers.Reply.of(status, "oops"));
            Step stop = run(tool, contract).stops().get(0);
            assertThat(stop).as("status " + status).isInstanceOf(Step.Wait.class);
            assertThat(stop.position().coveredUntil()).isEqualTo(stop.position().from());
        }
        Instant begin = Instant.now();
        Map<String, String> headers = halt(tool.declared(), begin.plusSeconds(42));
        server.serve(List.of(), request -> new ContractAnswers.Reply(429, headers, "{}".getBytes()));
        Run run = run(tool, contract);
        assertThat(run.stops()).hasSize(1);
        Instant until = ((Step.Wait) run.stops().get(0)).until();
        assertThat(until).isBetween(begin.plusSeconds(40), Instant.now().plusSeconds(44));
        assertThat(Plan.of(connection(tool, contract), run.positions(), until.minusSeconds(1), ZoneOffset.UTC))
                .isEqualTo(new Plan(List.of(), until));
    }

    /** "Come again at" in the words of the tool. */
    private static Map<String, String> halt(Tool tool, Instant at) {
        long left = at.getEpochSecond() - Instant.now().getEpochSecond();
        var headers =
                tool.limits() == null ? List.<Limits.Header>of() : tool.limits().headers();
        for (Limits.Header header : headers) {
            if (header.reset() == null) continue;
            boolean point = header.resetAs() == Limits.Reset.UNIX_SECONDS;
            Map<String, String> told = new HashMap<>();
            told.put(header.reset(), Long.toString(point ? at.getEpochSecond() : left));
            if (header.remaining() != null) told.put(header.remaining(), "0");
            return told;
        }
        return Map.of("Retry-After", Long.toString(left));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aBrokenRecordIsSetAsideAndItsNeighboursLive(Case tool) {
        Contract contract = tool.contract();
        Tool declared = tool.declared();
        JsonNode victim = contract.expected().responses().get(0);
        String id = victim.path("id").asText();
        List<String> whole = contract.expected().responses().stream()
                .map(response -> response.path("id").asText())
                .toList();
        if (plain(declared, Word.ID) == null) return;
        Map<String, Set<String>> broken = new LinkedHashMap<>();
        if (plain(declared, Word.SCORE) != null) {
            broken.put("score=-1", Set.of("SCORE_OUT_OF_RANGE"));
            broken.put("score=6.5", Set.of("SCORE_NOT_INTEGER"));
            broken.put("score=true", Set.of("SCORE_NOT_INTEGER"));
            broken.put("score=\"nine\"", Set.of("SCORE_NOT_INTEGER"));
        }
        if (plain(declared, Word.ANSWERED_AT) != null) {
            broken.put("answered_at=\"yesterday\"", Set.of("DATE_UNREADABLE"));
            broken.put("answered_at=4102444800", Set.of("DATE_IN_FUTURE", "DATE_UNREADABLE"));
            broken.put("answered_at={}", Set.of("DATE_UNREADABLE"));
        }
        broken.put("id=null", Set.of("ID_MISSING"));
        broken.forEach((change, codes) -> {
            String[] parts = change.split("=", 2);
            String place = plain(declared, Word.valueOf(parts[0].toUpperCase(Locale.ROOT)));
            int[] touched = {0};
            Contract changed = contract.answering(exchange -> exchange.answerText() != null || exchange.answer() == null
                    ? exchange
                    : exchange.answering(
                            change(exchange.answer(), plain(declared, Word.ID), id, place, parts[1], touched)));
            if (touched[0] == 0) return;
            server.serve(changed.exchanges(), similar(contract.answering(e -> without(e, declared, true))));
            Run run = run(tool, contract);
            assertThat(run.setAside().stream().map(aside -> aside.fault().code()))
                    .as(change)
                    .anyMatch(codes::contains);
            assertThat(run.responses().stream().map(response -> response.key().id()))
                    .as(change)
                    .doesNotContain(id)
                    .containsAll(
                            whole.stream().filter(other -> !other.equals(id)).toList());
            assertThat(run.positions()).as(change).noneMatch(Position::open);
        });
    }

    /** The plain place of one of our words; null where the file does more than name one. */
    private static String plain(Tool tool, Word word) {
        FieldRule rule = tool.responses().map().get(word);
        boolean plain = rule != null && rule.paths().size() == 1 && rule.list() == null && rule.lookup() == null;
        String path = plain && rule.question().isEmpty() && !rule.weights()
                ? rule.paths().get(0)
                : null;
        return path == null || path.startsWith("$") || path.startsWith("parent.") || path.contains("{") ? null : path;
    }

    /** Changes a field of the rows with this id, wherever they are in an answer. */
    private static JsonNode change(JsonNode node, String idPlace, String id, String place, String json, int[] touched) {
        JsonNode copy = node.deepCopy();
        visit(copy, idPlace, id, place, json, touched);
        return copy;
    }

    private static void visit(JsonNode node, String idPlace, String id, String place, String json, int[] touched) {
        node.forEach(child -> visit(child, idPlace, id, place, json, touched));
        if (!(node instanceof ObjectNode row) || !at(row, idPlace).asText().equals(id)) return;
        String[] names = place.split("\\.");
        JsonNode around = row;
        for (int i = 0; i < names.length - 1; i++) around = around.path(names[i]);
        if (!(around instanceof ObjectNode object) || !object.has(names[names.length - 1])) return;
        try {
            object.set(names[names.length - 1], JSON.readTree(json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        touched[0]++;
    }

    private static JsonNode at(JsonNode row, String place) {
        JsonNode at = row;
        for (String name : place.split("\\.")) at = at.path(name);
        return at;
    }

    @ParameterizedTest
    @MethodSource("tools")
    void noFaultHoldsASecretAnEmailOrAComment(Case tool) {
        Contract contract = tool.contract();
        Run run = read(tool, contract);
        String told = run.setAside() + " "
                + run.setAside().stream().map(SetAside::fault).toList() + run.stops() + connection(tool, contract)
                + run.responses() + run.respondents();
        List<String> hidden = new ArrayList<>(List.of(SECRET));
        contract.expected()
                .responses()
                .forEach(response -> hidden.add(response.path("comment").asText(SECRET)));
        contract.expected()
                .respondents()
                .forEach(person -> hidden.add(person.path("email").asText(SECRET)));
        assertThat(told).isNotEmpty();
        hidden.forEach(text -> assertThat(told).doesNotContain(text));
    }

    /** Parents left out; anything else that stopped a run fails, but for an export that is waited for or was forgotten. */
    private static List<String> refused(Run run) {
        run.stops().stream().filter(step -> !Run.harmless(step)).findFirst().ifPresent(step -> {
            throw new AssertionError("stopped by " + step);
        });
        return run.refused();
    }

    private static Run read(Case tool, Contract contract) {
        server.serve(contract.exchanges(), request -> null);
        return run(tool, contract);
    }

    /** An answer without rows of responses and sends; of people too if so told. Lists of surveys stay as they are. */
    private static Contract.Exchange without(Contract.Exchange exchange, Tool tool, boolean onlyForOthers) {
        List<String> places = new ArrayList<>();
        places.add(tool.responses().records());
        if (tool.respondents() != null) places.add(tool.respondents().records());
        if (tool.sends() != null) places.add(tool.sends().records());
        boolean parents = tool.parents() != null
                && exchange.path().endsWith(tool.parents().path());
        if (parents && !onlyForOthers) return exchange;
        for (String place : places) {
            JsonNode emptied = Emptied.of(exchange.answer(), place);
            if (emptied != null) return exchange.answering(emptied);
        }
        return exchange;
    }

    /** Answers a request that differs from the contract's in its parameters only as the contract answers that path. */
    private static Function<ContractAnswers.Asked, ContractAnswers.Reply> similar(Contract contract) {
        return request -> contract.exchanges().stream()
                .filter(e -> e.method().equals(request.method()) && e.path().equals(request.path()))
                .reduce((first, last) -> last)
                .map(exchange -> {
                    try {
                        return server.reply(exchange);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .orElse(null);
    }

    private static Connection connection(Case tool, Contract contract) {
        return connection(tool, contract, server.base());
    }

    /** A connection with the settings of the contract; a secret that it does not name is made up. */
    static Connection connection(Case tool, Contract contract, String base) {
        Tool declared = tool.declared();
        return ContractTrial.connection(declared.tool() + "-" + ++runs, declared, contract, base, SECRET);
    }

    /** Runs, and again as long as only an export is waited for; then once more at each later time of the contract. */
    private static Run run(Case tool, Contract contract) {
        Connection connection = connection(tool, contract);
        server.keyParameter = connection.tool().auth().get(0) instanceof Auth.Query query ? query.name() : null;
        var caller = wiring.add(connection);
        Run run = new Run();
        ZoneId zone = contract.zone() == null ? ZoneOffset.UTC : ZoneId.of(contract.zone());
        List<String> times = new ArrayList<>(List.of(contract.now()));
        times.addAll(contract.again());
        for (String time : times) {
            run.patiently(connection, caller, Instant.parse(time), zone);
            if (run.positions().stream().anyMatch(Position::open)) break;
        }
        return run;
    }
}
