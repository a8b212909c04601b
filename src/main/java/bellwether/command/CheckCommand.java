package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Probes;
import bellwether.http.Caller;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Settings;
import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import bellwether.source.Connection;
import bellwether.store.Overview;
import bellwether.store.Targets;
import bellwether.store.Vanished;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Would each connection work now? */
@Command(
        name = "check",
        description = {
            "Says for each connection whether it would work now, and every mistake of the configuration with file and line.",
            "A tool is logged in to and asked for one row. A CRM is logged in to, its objects are described, missing fields"
                    + " listed; then what would be written to it. Nothing is changed; a daemon may be running."
        },
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    private static final String REST = "               ";

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Only this one. Default: all.")
    private String only;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private Exit exit = Exit.OK;

    @Override
    public Integer call() throws Exception {
        Logs.quiet();
        out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = compared(Installation.load(folder, main.environment()), folder);
        Mistakes.print(installation, folder, out);
        if (!installation.mistakes().isEmpty() || !installation.usable()) {
            exit = Exit.CONFIGURATION;
        }
        if (installation.settings() == null) {
            return exit.code();
        }
        installation.named(only);
        try (var probes = new Probes(folder, installation.settings().store(), main.clock())) {
            installation.tools().values().stream()
                    .filter(tool -> wanted(tool.name()))
                    .forEach(tool -> {
                        tool(tool, probes);
                        partial(tool);
                        vanished(folder, installation.settings().store(), tool.name());
                    });
            installation.crms().forEach((name, mapping) -> {
                if (wanted(name)) {
                    crm(installation.settings().crms().get(name), mapping, probes);
                    owed(folder, installation.settings(), name);
                }
            });
        }
        return exit.code();
    }

    private static Installation compared(Installation installation, Path folder) {
        Settings settings = installation.settings();
        return settings == null || settings.departed().isEmpty()
                ? installation
                : installation.compared(Look.into(folder, settings.store(), store -> new Overview(store).sources())
                        .orElse(List.of()));
    }

    private boolean wanted(String connection) {
        return only == null || only.equals(connection);
    }

    private void tool(Connection tool, Probes probes) {
        if (tool.closed()) {
            say(tool.name(), "closed since " + tool.tool().closed() + ": history and files only, nothing is asked");
            return;
        }
        Instant now = main.clock().instant();
        ask(tool.name(), () -> probes.of(tool), caller -> {
            var result = bellwether.source.Trial.of(tool, caller, now.minus(Duration.ofDays(31)), now);
            if (result.fault() != null) {
                return failed(tool.name(), result.fault());
            }
            say(
                    tool.name(),
                    "works: logged in, and "
                            + (result.rows() == 0 ? "the last month has no response" : "read a response"));
            tool.tool().settings().forEach((key, setting) -> {
                if (setting.unverified() != null) {
                    note(key + ": not confirmed: " + setting.unverified());
                }
            });
            if (tool.settings().npsSurveys().ids().isEmpty()
                    && !tool.settings().npsSurveys().all()) {
                exit = exit.or(Exit.PARTIAL);
                return List.of("no survey is declared in nps_surveys: responses are stored, none is counted");
            }
            return List.of();
        });
    }

    private void partial(Connection tool) {
        if (tool.waitsInVain()) {
            exit = exit.or(Exit.PARTIAL);
            note("accept_partial: " + tool.settings().acceptPartial().label()
                    + " does nothing: mappings/tools/" + tool.tool().tool()
                    + ".yaml maps no 'completed', so every answer counts as soon as it has a score");
        }
    }

    private void crm(CrmSettings settings, CrmMapping mapping, Probes probes) {
        ask(settings.name(), () -> probes.of(settings, mapping), caller -> {
            var result = bellwether.crm.Trial.of(settings, mapping, caller, main.clock());
            if (result.fault() != null) {
                return failed(settings.name(), result.fault());
            }
            List<String> objects = mapping.push().values().stream()
                    .map(CrmMapping.Kind::object)
                    .distinct()
                    .toList();
            say(settings.name(), "works: logged in, and asked for " + String.join(", ", objects));
            if (!result.complaints().isEmpty()) {
                exit = exit.or(Exit.PARTIAL);
            }
            return result.complaints();
        });
    }

    private interface Opening {
        Caller caller();
    }

    private void ask(String connection, Opening opening, Function<Caller, List<String>> question) {
        List<String> lines;
        try {
            lines = question.apply(opening.caller());
        } catch (FaultException e) {
            lines = failed(connection, e.fault());
        }
        lines.forEach(this::note);
        out.flush();
    }

    private List<String> failed(String connection, Fault fault) {
        exit = exit.or(Exit.UNREACHABLE);
        say(connection, "does not work: " + fault.code());
        return List.of(fault.message(), fault.advice());
    }

    private void say(String connection, String text) {
        Paragraph.wrap(text, String.format("%-14s ", connection), REST).forEach(out::println);
    }

    private void note(String text) {
        Paragraph.wrap(text, REST, REST).forEach(out::println);
    }

    /** What the store holds for a CRM that it has not acknowledged. */
    private void owed(Path folder, Settings settings, String crm) {
        CrmSettings.Push push = settings.crms().get(crm).push();
        var only = new Targets.Only(settings.crms().get(crm).onlyAccounts());
        Owing owing = Look.into(folder, settings.store(), store -> Owing.of(store, crm, only))
                .orElse(new Owing(Map.of()));
        if (owing.counts().isEmpty()) {
            note("nothing is computed yet: no run has come so far");
        } else {
            String verb = push == CrmSettings.Push.ON ? "is about to write " : "would write ";
            note(verb
                    + owing.words("owed")
                    + (only.accounts().isEmpty()
                            ? ""
                            : "; only_accounts names " + only.accounts().size()));
            long held = owing.rows("held");
            long refused = owing.rows("rejected");
            long unknown = owing.rows("unknown");
            if (held > 0) {
                exit = exit.or(Exit.PARTIAL);
                note(held
                        + " rows are held, because new data or rules would change more than max_change allows: look at them,"
                        + " then `bellwether push " + crm + " --approve`");
            }
            if (refused > 0) {
                exit = exit.or(Exit.PARTIAL);
                note(refused + " rows were refused: see the dead letters");
            }
            if (unknown > 0) {
                exit = exit.or(Exit.PARTIAL);
                note("of " + unknown + " acts nobody knows whether they were done: see /api/v1/acts?status=unknown");
            }
        }
        if (push != CrmSettings.Push.ON) {
            note("push: " + (push == CrmSettings.Push.PREVIEW ? "preview" : "off")
                    + ": nothing is written until it is on (BELLWETHER_PUSH=on)");
        }
    }

    /** What a tool shows no more and a person has not decided about. */
    private void vanished(Path folder, Settings.Store at, String tool) {
        Look.into(folder, at, store -> Vanished.question(store, tool))
                .flatMap(question -> question)
                .ifPresent(question -> {
                    exit = exit.or(Exit.PARTIAL);
                    note(question.responses() + " responses, answered from " + question.first() + " to "
                            + question.latest()
                            + ", were twice not in what it answers: too many to take them for deleted;"
                            + " if they are, POST /api/v1/connections/" + tool + "/approve");
                });
    }
}
