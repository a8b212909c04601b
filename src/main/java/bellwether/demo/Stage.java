package bellwether.demo;

import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.mapping.Shipped;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the demo plays: a made-up company, a survey tool and a Salesforce of it on loopback, and a home folder with the shipped files,
 * which the environment points at them. All of it is kept in one folder, so that another start goes on.
 */
final class Stage implements AutoCloseable {
    /** How large a new company is. */
    record Size(int accounts, int contacts, int responses) {}

    private static final long SEED = 20_261_101;
    /** What the demo makes in its folder, and nothing else is ever deleted there. */
    private static final List<String> OURS =
            List.of("tool", "company", "home", "store", "demo.log", "run-1.log", "run-2.log");

    final Path folder;
    final boolean resumed;
    final Company company;
    final SurveyTool tool;
    final SalesforceSimulator salesforce;
    final int port;

    private Stage(Path folder, boolean resumed, Company company, SurveyTool tool, int port) {
        this.folder = folder;
        this.resumed = resumed;
        this.company = company;
        this.port = port;
        this.tool = tool;
        this.salesforce = SalesforceSimulator.start(
                company, SalesforceSimulator.Options.standard().keptIn(folder.resolve("company")));
    }

    /**
     * @param tool name of a shipped one
     * @param fresh forgets an earlier demo in the folder
     * @throws Refusal usage, if the demo that is kept there is one of another tool
     */
    static Stage open(Path folder, String tool, Size size, boolean fresh, int port, Clock clock) {
        if (fresh) {
            OURS.forEach(name -> delete(folder.resolve(name)));
        }
        boolean resumed = Files.exists(folder.resolve("company/company.json"))
                && Files.exists(folder.resolve("store/bellwether.db"));
        if (!resumed) {
            OURS.forEach(name -> delete(folder.resolve(name)));
        }
        sameTool(folder, tool, resumed);
        Company company = Company.open(
                folder.resolve("company"), SEED, size.accounts(), size.contacts(), size.responses(), clock.instant());
        if (!resumed) {
            company.withFlaws();
        }
        Path home = folder.resolve("home");
        Shipped.copy(home, true);
        return new Stage(folder, resumed, company, SurveyTool.open(tool, home, company, clock), port);
    }

    /** A ledger of one tool is no beginning for another one. */
    private static void sameTool(Path folder, String tool, boolean resumed) {
        Path file = folder.resolve("tool");
        try {
            String kept = Files.exists(file) ? Files.readString(file) : SurveyTool.WOOTRIC;
            if (resumed && !kept.equals(tool)) {
                throw new Refusal(
                        Exit.USAGE,
                        "In " + folder + " a demo of " + kept
                                + " is kept: name another folder, or begin anew with --fresh.");
            }
            Files.createDirectories(folder);
            Files.writeString(file, tool);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's folder " + folder + " cannot be written", e);
        }
    }

    /** What an admin would set to point Bellwether at these two, and to have it look every few seconds. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(tool.environment());
        environment.put("SALESFORCE_LOGIN_URL", salesforce.baseUrl());
        environment.put("SALESFORCE_CLIENT_ID", "demo-client");
        environment.put("SALESFORCE_CLIENT_SECRET", "demo-secret");
        environment.put("SALESFORCE_SCHEDULE", "every 5s");
        environment.put("BELLWETHER_PUSH", "on");
        environment.put("BELLWETHER_STORE_URL", store().toString());
        environment.put("BELLWETHER_PORT", Integer.toString(port));
        return environment;
    }

    Path home() {
        return folder.resolve("home");
    }

    Path store() {
        return folder.resolve("store/bellwether.db");
    }

    Installation installation() {
        Installation installation = Installation.load(home(), environment()::get);
        if (!installation.mistakes().isEmpty()) {
            throw new IllegalStateException("The demo's own configuration has mistakes: " + installation.mistakes());
        }
        return installation;
    }

    long toolCalls() {
        return sum(tool.simulator.calls());
    }

    long crmCalls() {
        return sum(salesforce.calls());
    }

    static long sum(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What Salesforce should hold now. */
    Recount recount(Instant now) {
        return Recount.of(tool, company, now);
    }

    private static void delete(Path path) {
        if (!Files.exists(path)) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The earlier demo in " + path + " cannot be deleted", e);
        }
    }

    @Override
    public void close() {
        tool.close();
        salesforce.close();
    }
}
