package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.daemon.Hooks;
import bellwether.daemon.Wiring;
import bellwether.http.Caller;
import bellwether.source.Connection;
import bellwether.source.Notice;
import bellwether.source.NoticeReader;
import bellwether.source.NoticeReader.News;
import bellwether.source.Verify;
import bellwether.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The notices of a tool's contract: each gives exactly what it says there, a tampered one nothing, and the same again changes nothing. */
class NoticeContractTest {
    @TempDir
    private static Path folder;

    private static Wiring wiring;
    private static int stores;

    static Stream<ToolContractTest.Case> tools() throws IOException {
        // a recording of a tool, beside its contract, holds no notices
        return ToolContractTest.tools()
                .filter(tool -> tool.declared().webhook() != null
                        && tool.tool().equals(tool.declared().tool()));
    }

    @BeforeAll
    static void start() throws Exception {
        wiring = new Wiring();
    }

    @AfterAll
    static void stop() {
        wiring.close();
    }

    private static Connection connection(ToolContractTest.Case tool, Contract contract) {
        return ToolContractTest.connection(tool, contract, "http://127.0.0.1:1");
    }

    private static Clock clock(Contract contract, Contract.Hook hook) {
        return Clock.fixed(Instant.parse(hook.at() == null ? contract.now() : hook.at()), ZoneOffset.UTC);
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aGenuineNoticeGivesExactlyWhatTheContractSays(ToolContractTest.Case tool) {
        Contract contract = tool.contract();
        Connection connection = connection(tool, contract);
        assertThat(contract.webhooks()).isNotEmpty();
        assertThat(NoticeReader.ready(connection)).isTrue();
        for (Contract.Hook hook : contract.webhooks()) {
            NoticeReader reader = new NoticeReader(connection, clock(contract, hook));
            assertThat(Told.news(reader.read(notice(hook)))).as(hook.body()).isEqualTo(hook.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void aTamperedNoticeIsRefused(ToolContractTest.Case tool) {
        Contract contract = tool.contract();
        Connection connection = connection(tool, contract);
        boolean signed = !(connection.tool().webhook().verify() instanceof Verify.Token)
                && !(connection.tool().webhook().verify() instanceof Verify.Path);
        for (Contract.Hook hook : contract.webhooks()) {
            List<Contract.Hook> tampered = new ArrayList<>();
            if (signed) tampered.add(with(hook, hook.suffix(), hook.headers(), hook.body() + " "));
            for (String header : hook.headers().keySet()) {
                if (header.equals("Content-Type")) continue;
                Map<String, String> other = new HashMap<>(hook.headers());
                String value = other.get(header);
                char last = value.charAt(0);
                other.put(header, (last == '1' ? '2' : '1') + value.substring(1));
                tampered.add(with(hook, hook.suffix(), other, hook.body()));
                other = new HashMap<>(other);
                other.remove(header);
                tampered.add(with(hook, hook.suffix(), other, hook.body()));
            }
            if (!hook.suffix().isEmpty()) tampered.add(with(hook, hook.suffix() + "x", hook.headers(), hook.body()));
            assertThat(tampered).isNotEmpty();
            NoticeReader reader = new NoticeReader(connection, clock(contract, hook));
            for (Contract.Hook one : tampered) {
                assertThat(reader.read(notice(one))).as(one.toString()).isInstanceOf(News.Refused.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tools")
    void theSameNoticeAgainChangesNothing(ToolContractTest.Case tool) {
        Contract contract = tool.contract();
        Connection connection = connection(tool, contract);
        Caller caller = wiring.add(connection);
        List<String> pulls = new ArrayList<>();
        try (Store store = Store.open("jdbc:sqlite:" + folder.resolve("store-" + ++stores + ".db"), null, null)) {
            for (Contract.Hook hook : contract.webhooks()) {
                Hooks hooks = Wiring.hooks(connection, caller, store, clock(contract, hook), pulls::add);
                pulls.clear();
                assertThat(take(hooks, connection, hook)).isEqualTo(200);
                Map<String, Long> before = counts(store);
                assertThat(pulls).hasSize(hook.expected().news().equals("hint") ? 1 : 0);
                assertThat(take(hooks, connection, hook)).isEqualTo(200);
                assertThat(counts(store)).isEqualTo(before);
                assertThat(pulls).hasSizeLessThanOrEqualTo(1);
            }
            long brought = contract.webhooks().stream()
                    .flatMap(hook -> hook.expected().responses().stream())
                    .map(response -> response.path("id").asText())
                    .distinct()
                    .count();
            assertThat(counts(store)).containsEntry("response", brought);
        }
    }

    private static int take(Hooks hooks, Connection connection, Contract.Hook hook) {
        Map<String, Object> headers = new HashMap<>(hook.headers());
        String suffix = hook.suffix().isEmpty() ? "" : "/" + hook.suffix();
        headers.put("CamelHttpPath", "/hooks/" + connection.name() + suffix);
        headers.put("CamelHttpMethod", "POST");
        return hooks.take(headers, hook.body().getBytes(StandardCharsets.UTF_8)).status();
    }

    private static Map<String, Long> counts(Store store) {
        Map<String, Long> counts = new HashMap<>();
        for (String table : List.of("response", "response_version", "respondent", "dead_letter", "notice")) {
            counts.put(table, store.read(h -> h.createQuery("SELECT count(*) FROM " + table)
                    .mapTo(Long.class)
                    .one()));
        }
        return counts;
    }

    private static Contract.Hook with(Contract.Hook hook, String suffix, Map<String, String> headers, String body) {
        return new Contract.Hook(hook.at(), suffix, headers, body, hook.expected());
    }

    private static Notice notice(Contract.Hook hook) {
        Map<String, String> headers = new HashMap<>();
        hook.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return new Notice(hook.suffix(), headers, hook.body().getBytes(StandardCharsets.UTF_8));
    }
}
