package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Wiring;
import bellwether.mapping.Configuration;
import bellwether.source.Auth;
import bellwether.source.Connection;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of each tool, with its contract served over HTTP in place of a live account. */
class RecordingTest {
    private static final Recording.Size ALL = new Recording.Size(1000, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static ContractServer server;
    private static Wiring wiring;
    private static int runs;

    @TempDir
    private Path folder;

    static Stream<ToolContractTest.Case> tools() throws IOException {
        return ToolContractTest.tools();
    }

    @BeforeAll
    static void start() throws Exception {
        server = new ContractServer();
        wiring = new Wiring();
        ToolContractTest.start();
    }

    @AfterAll
    static void stop() {
        ToolContractTest.stop();
        wiring.close();
        server.close();
    }

    private Contract recorded(ToolContractTest.Case tool, Contract served, Recording.Size most) throws IOException {
        return recorded(tool, served, most, Set.of());
    }

    /** The recording of a contract that is served, as a contract. */
    private Contract recorded(ToolContractTest.Case tool, Contract served, Recording.Size most, Set<String> surveys)
            throws IOException {
        server.serve(served.exchanges(), request -> null);
        Connection live =
                ContractTrial.connection("live-" + ++runs, tool.declared(), served, server.base(), Canaries.SECRET);
        server.keyParameter = live.auth() instanceof Auth.Query query ? query.name() : null;
        ZoneId zone = served.zone() == null ? ZoneOffset.UTC : ZoneId.of(served.zone());
        Clock clock = Clock.fixed(Instant.parse(served.now()), ZoneOffset.UTC);
        var configuration = new Configuration(tool.home(), variable -> null);
        var recording = new Recording(live, most, surveys, clock, zone);
        return recorded(wiring, configuration, recording, folder.resolve(tool + ".yaml"));
    }

    /** Records, writes the file, and reads it again: it must hold. */
    static Contract recorded(Wiring wiring, Configuration configuration, Recording recording, Path file)
            throws IOException {
        assertThat(recording.pull(wiring.add(recording.connection(), recording::around), wait -> {}))
                .isNull();
        Scrubbed scrubbed = recording.scrubbed(configuration);
        Scrubbed.Result result = scrubbed.contract(wiring.add(scrubbed.connection(), scrubbed.sender()));
        assertThat(result.problem()).isNull();
        Files.writeString(file, result.yaml());
        var trial = ContractTrial.of(configuration, file);
        assertThat(trial.mistakes()).isEmpty();
        assertThat(trial.value()
                        .run(wiring.add(
                                trial.value().connection(), trial.value().sender())))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.differences()).as(one.what()).isEmpty());
        return Configuration.file(file, "contract", Contract.class).value();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aRecordingReadsAsTheAccountItWasTakenFrom(ToolContractTest.Case tool) throws IOException {
        Contract whole = tool.contract();
        Contract recorded = recorded(tool, Canaries.letIn(whole), ALL);
        Contract.Expected expected = whole.expected();
        Contract.Expected read = recorded.expected();
        boolean once = whole.again().isEmpty();
        same(first(expected.responses(), read.responses(), once), read.responses());
        same(first(expected.sends(), read.sends(), once), read.sends());
        if (!once) return;
        assertThat(recorded.exchanges().size())
                .isLessThanOrEqualTo(whole.exchanges().size());
        assertThat(read.respondents()).hasSameSizeAs(expected.respondents());
        assertThat(read.refused()).hasSameSizeAs(expected.refused());
        assertThat(read.setAside()).hasSameSizeAs(expected.setAside());
        assertThat(read.skipped()).isEqualTo(expected.skipped());
        assertThat(read.positions()).hasSameSizeAs(expected.positions());
    }

    /** What comes of the first run, where a contract goes on with others. */
    private static List<JsonNode> first(List<JsonNode> expected, List<JsonNode> read, boolean once) {
        return once || expected.isEmpty() ? expected : expected.subList(0, Math.max(1, read.size()));
    }

    /** The same up to scrubbing: fields, scores, times and ids; and the same person is the same person. */
    private static void same(List<JsonNode> before, List<JsonNode> after) {
        assertThat(after).hasSameSizeAs(before);
        Map<String, String> people = new HashMap<>();
        for (int i = 0; i < before.size(); i++) {
            JsonNode was = before.get(i);
            JsonNode is = after.get(i);
            assertThat(names(is)).isEqualTo(names(was));
            for (String field :
                    List.of("score", "metric", "answered_at", "updated_at", "sent_at", "completed", "status")) {
                assertThat(is.path(field)).as(field).isEqualTo(was.path(field));
            }
            String person = is.path("respondent").asText();
            String known = people.putIfAbsent(was.path("respondent").asText(), person);
            if (known != null) assertThat(person).isEqualTo(known);
        }
        assertThat(new TreeSet<>(people.values())).hasSameSizeAs(people.keySet());
    }

    private static Set<String> names(JsonNode node) {
        Set<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aRecordingPassesEveryTestOfTheSuite(ToolContractTest.Case tool) throws Exception {
        Path file = folder.resolve("mappings/contracts/tools/" + tool + "-recorded.yaml");
        Path declared = folder.resolve("mappings/tools/" + tool + ".yaml");
        Files.createDirectories(file.getParent());
        Files.createDirectories(declared.getParent());
        Files.copy(tool.home().resolve("mappings/tools/" + tool + ".yaml"), declared);
        var recorded = new ToolContractTest.Case(folder, tool + "-recorded");
        for (Recording.Size most : List.of(ALL, new Recording.Size(1000, 2, Integer.MAX_VALUE))) {
            recorded(tool, Canaries.letIn(tool.contract()), most);
            Files.copy(folder.resolve(tool + ".yaml"), file, StandardCopyOption.REPLACE_EXISTING);
            var suite = new ToolContractTest();
            suite.asksExactlyWhatTheContractSaysAndReadsExactlyThat(recorded);
            suite.everyRequestCarriesTheCredentials(recorded);
            suite.theSamePagesAgainGiveTheSame(recorded);
            suite.aSampleShowsRecordsAsARunReadsThem(recorded);
            suite.anEmptyFirstPageIsTheEndAndNoError(recorded);
            suite.whatIsNoListIsNeverAnEmptyPage(recorded);
            suite.aBrokenRecordIsSetAsideAndItsNeighboursLive(recorded);
            suite.noFaultHoldsASecretAnEmailOrAComment(recorded);
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void listsAreCutShortAndEnd(ToolContractTest.Case tool) throws IOException {
        Contract whole = tool.contract();
        Contract recorded = recorded(tool, Canaries.letIn(whole), new Recording.Size(1000, 2, Integer.MAX_VALUE));
        assertThat(recorded.expected().responses().size()
                        + recorded.expected().setAside().size()
                        + recorded.expected().skipped())
                .isPositive();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void nothingOfACanaryIsLeft(ToolContractTest.Case tool) throws IOException {
        Contract whole = tool.contract();
        Canaries canaries = new Canaries();
        recorded(tool, canaries.planted(whole), ALL);
        String text = Files.readString(folder.resolve(tool + ".yaml"));
        assertThat(canaries.planted()).hasSizeGreaterThan(4);
        assertThat(canaries.in(text)).isEmpty();
    }

    @Test
    void ofManySurveysThoseThatAreNamedAreRead() throws IOException {
        var typeform = new ToolContractTest.Case(Path.of("."), "typeform");
        Contract recorded = recorded(typeform, typeform.contract(), ALL, Set.of("F3"));
        // the first page has none of them, and keeps one so as not to look like the end
        assertThat(recorded.exchanges().stream().map(Contract.Exchange::path))
                .contains("/forms/F1/responses", "/forms/F3/responses")
                .doesNotContain("/forms/F2/responses");
    }

    @Test
    void askingHowFarAnExportIsIsLeftOut() throws IOException {
        var qualtrics = new ToolContractTest.Case(Path.of("."), "qualtrics");
        Contract recorded = recorded(qualtrics, qualtrics.contract(), ALL);
        assertThat(qualtrics.contract().exchanges().size()
                        - recorded.exchanges().size())
                .isEqualTo(3);
    }
}
