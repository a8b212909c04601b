package bellwether.contract;

import bellwether.http.Caller;
import bellwether.http.Sender;
import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Secret;
import bellwether.mapping.Setting;
import bellwether.mapping.Tier;
import bellwether.mapping.ToolSettings;
import bellwether.source.Auth;
import bellwether.source.Connection;
import bellwether.source.Notice;
import bellwether.source.NoticeReader;
import bellwether.source.Position;
import bellwether.source.Run;
import bellwether.source.Step;
import bellwether.source.Tool;
import bellwether.source.Tools;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Runs a tool against its contract, whose answers are given in this process: is everything asked and read that it says? */
public final class ContractTrial {
    /** One thing that the contract says. {@code differences} is empty if it is so. */
    public record Expectation(String what, int size, List<String> differences) {}

    /** Stands for every secret that a contract does not name; a log-in that carries it shows it in the contract. */
    static final String SECRET = "canary-5c1d";

    private final Contract contract;
    private final Connection connection;
    private final Answering answers = new Answering();

    private ContractTrial(Contract contract, Connection connection) {
        this.contract = contract;
        this.connection = connection;
        Auth auth = connection.auth();
        answers.keyParameter = auth instanceof Auth.Query query ? query.name() : null;
        answers.serve(contract.exchanges(), request -> null);
    }

    /** The trial of a contract by its name, or the mistakes in it and in its tool's file. */
    public static Loaded<ContractTrial> of(Configuration configuration, String name) {
        return of(configuration, Contract.load(configuration, name));
    }

    /** The trial of a contract that lies elsewhere, or the mistakes in it and in its tool's file. */
    public static Loaded<ContractTrial> of(Configuration configuration, Path file) {
        return of(configuration, Configuration.file(file, "contract", Contract.class));
    }

    private static Loaded<ContractTrial> of(Configuration configuration, Loaded<Contract> contract) {
        if (!contract.sound()) return new Loaded<>(null, contract.mistakes());
        Loaded<Tool> tool = Tools.load(configuration, contract.value().tool());
        if (!tool.sound()) return new Loaded<>(null, tool.mistakes());
        Connection made = connection(tool.value().tool(), tool.value(), contract.value(), Answering.BASE, SECRET);
        return new Loaded<>(new ContractTrial(contract.value(), made), List.of());
    }

    /**
     * A connection with the settings of the contract.
     *
     * @param secret stands for every required or secret setting that the contract does not name
     */
    static Connection connection(String name, Tool tool, Contract contract, String base, String secret) {
        JsonNode settings = contract.settings();
        Map<String, Secret> values = new HashMap<>();
        tool.settings().forEach((key, setting) -> {
            String value = value(settings, key, setting, secret);
            if (value != null) values.put(key, new Secret(value));
        });
        JsonNode size = settings.path("page_size");
        return new Connection(
                new ToolSettings(
                        name,
                        tool.tool(),
                        tool.tool(),
                        null,
                        null,
                        base,
                        base + "/log-in",
                        values,
                        null,
                        settings.path("backfill_months").asInt(6),
                        tiers(settings.path("rescan")),
                        size.isInt() ? size.asInt() : null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                tool);
    }

    private static String value(JsonNode settings, String key, Setting setting, String secret) {
        if (settings.has(key)) return settings.path(key).asText();
        if (setting.fallback() != null) return setting.fallback();
        return setting.required() || setting.secret() ? secret : null;
    }

    private static List<Tier> tiers(JsonNode rescan) {
        List<Tier> tiers = new ArrayList<>();
        rescan.forEach(tier -> tiers.add(new Tier(
                tier.path("days").isInt() ? tier.path("days").asInt() : null,
                Duration.parse("PT" + tier.path("every").asText().toUpperCase(Locale.ROOT)))));
        return tiers;
    }

    public Connection connection() {
        return connection;
    }

    /** Where the connection's calls go instead of the network. */
    public Sender sender() {
        return answers;
    }

    /** Runs as often as the contract says, by a caller whose calls end at {@link #sender}. */
    public List<Expectation> run(Caller caller) {
        Run run = new Run();
        ZoneId zone = contract.zone() == null ? ZoneOffset.UTC : ZoneId.of(contract.zone());
        List<String> times = new ArrayList<>(List.of(contract.now()));
        times.addAll(contract.again());
        for (String time : times) {
            run.patiently(connection, caller, Instant.parse(time), zone);
            if (run.positions().stream().anyMatch(Position::open)) break;
        }
        return judged(run);
    }

    private List<Expectation> judged(Run run) {
        Contract.Expected expected = contract.expected();
        List<Expectation> all = new ArrayList<>();
        all.add(Difference.inOrder(
                "requests",
                contract.exchanges().stream().map(ContractAnswers.Asked::text).toList(),
                answers.asked.stream().map(ContractAnswers.Asked::text).toList()));
        all.add(Difference.inOrder("responses", expected.responses(), told(run.responses(), Told::json)));
        all.add(Difference.inAnyOrder(
                "respondents", expected.respondents(), told(List.copyOf(run.respondents()), Told::json)));
        all.add(Difference.inOrder("sends", expected.sends(), told(run.sends(), Told::json)));
        all.add(Difference.inOrder("set_aside", expected.setAside(), told(run.setAside(), Told::json)));
        all.add(Difference.inOrder("skipped", List.of(expected.skipped()), List.of(run.skipped())));
        all.add(Difference.inOrder("refused", expected.refused(), run.refused()));
        all.add(Difference.inOrder("positions", expected.positions(), told(run.positions(), Told::json)));
        List<String> stops = run.stops().stream()
                .filter(step -> !Run.harmless(step))
                .map(ContractTrial::told)
                .toList();
        if (!stops.isEmpty()) all.add(new Expectation("run", 1, stops));
        if (connection.tool().webhook() != null && !contract.webhooks().isEmpty()) all.add(notices());
        return all.stream().filter(one -> one.size() > 0).toList();
    }

    private Expectation notices() {
        List<Object> read = new ArrayList<>();
        for (Contract.Hook hook : contract.webhooks()) {
            Instant at = Instant.parse(hook.at() == null ? contract.now() : hook.at());
            Map<String, String> headers = new HashMap<>();
            hook.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
            var notice = new Notice(hook.suffix(), headers, hook.body().getBytes(StandardCharsets.UTF_8));
            read.add(Told.news(new NoticeReader(connection, Clock.fixed(at, ZoneOffset.UTC)).read(notice)));
        }
        return Difference.inOrder(
                "webhooks",
                contract.webhooks().stream().map(Contract.Hook::expected).toList(),
                read);
    }

    private static String told(Step step) {
        if (step instanceof Step.Pause pause)
            return "stopped: " + pause.fault().code() + ": " + pause.fault().message();
        if (step instanceof Step.Wait wait)
            return "stopped: " + wait.fault().code() + ": " + wait.fault().message();
        return "stopped: " + step;
    }

    private static <T> List<JsonNode> told(List<T> values, Function<T, JsonNode> words) {
        return values.stream().map(words).toList();
    }
}
