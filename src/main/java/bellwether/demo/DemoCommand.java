package bellwether.demo;

import bellwether.Daemon;
import bellwether.Exit;
import bellwether.HomeOption;
import bellwether.Installation;
import bellwether.Logs;
import bellwether.Main;
import bellwether.nps.Policy;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The main job on a made-up company. */
@Command(
        name = "demo",
        description = {
            "Shows the main job with nothing to configure: a simulated Wootric and a simulated Salesforce on loopback, the"
                    + " daemon as it is between them. It goes on until Ctrl-C; another start resumes.",
            "Nothing outside this machine is asked, and none of your settings or credentials is used."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer>, Main.Further {
    static final int PORT = 8321;

    @ParentCommand
    private Main main;

    @Mixin
    private HomeOption home;

    @Option(names = "--once", description = "Ends when everything is synced and shown, instead of going on.")
    private boolean once;

    @Option(
            names = "--pull-the-plug",
            description =
                    "Runs the daemon in a process of its own, kills it (SIGKILL) in the middle of a push, starts it again"
                            + " and compares what the two simulators hold. In a folder of its own, always anew.")
    private boolean pullThePlug;

    @Option(names = "--fresh", description = "Forgets the demo that was here before and begins anew.")
    private boolean fresh;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the demo keeps its company, store and log. Default: data/demo in the home folder.")
    private Path folder;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "200",
            description = "Accounts of a new company. Default: ${DEFAULT-VALUE}.")
    private int accounts;

    @Option(
            names = "--contacts",
            paramLabel = "N",
            defaultValue = "3000",
            description = "Contacts of a new company. Default: ${DEFAULT-VALUE}.")
    private int contacts;

    @Option(
            names = "--responses",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Responses of a new company. Default: ${DEFAULT-VALUE}.")
    private int responses;

    @Spec
    private CommandSpec spec;

    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean stopping;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Path place = folder != null
                ? folder.toAbsolutePath()
                : home.of(main.environment()).resolve("data/demo");
        boolean terminal = System.console() != null && main.environment().apply("NO_COLOR") == null;
        var size = new Stage.Size(accounts, contacts, responses);
        if (pullThePlug) {
            return new PullThePlug(place.resolve("plug"), size, main.clock(), out, terminal)
                    .go()
                    .code();
        }
        Logs.to(place.resolve("demo.log"));
        Thread player = Thread.currentThread();
        Thread stop = new Thread(() -> stop(player), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try (Stage stage = Stage.open(place, size, fresh, Stage.freePort(PORT), main.clock())) {
            return play(stage, out, terminal).code();
        } catch (InterruptedException | RuntimeException e) {
            if (e instanceof RuntimeException broken && !stopping) {
                throw broken;
            }
            out.println();
            out.println("Stopped. The same command resumes; with --fresh it begins anew.");
            return Exit.OK.code();
        } finally {
            over.countDown();
            if (!stopping) {
                Runtime.getRuntime().removeShutdownHook(stop);
            }
        }
    }

    /** At Ctrl-C: what is under way ends in order, and the process waits for it. */
    private void stop(Thread player) {
        stopping = true;
        player.interrupt();
        try {
            over.await(15, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Exit play(Stage stage, PrintWriter out, boolean terminal) throws InterruptedException {
        int away = stage.resumed ? live(stage) : 0;
        header(stage, away, out);
        Map<String, Map<String, Object>> before = fields(stage);
        Installation installation = stage.installation();
        try (Daemon daemon = installation.daemon(main.clock())) {
            Watch watch = Watch.of(daemon);
            Map<String, Long> runs = watch.newest();
            var overview = new Overview(daemon.store());
            var result = new Result(stage, overview);
            daemon.start();
            var progress = new Progress(stage, watch, out, terminal);
            boolean settled = progress.follow(runs, Duration.ofMinutes(10));
            result.print(progress.seconds(), out);
            if (!settled) {
                out.println("It has not settled; see " + stage.folder.resolve("demo.log"));
                return Exit.FAILURE;
            }
            List<AccountLine> lines = overview.accounts(daemon.rules().window().name(), Policy.LATEST_PER_PERSON);
            var report = new Report(out);
            report.accounts(lines, daemon.rules().minNFlag());
            report.waiting(overview.waiting());
            report.letters(overview.letters());
            var story = new Story(daemon, overview, main.clock(), out);
            AccountLine told = story.pick(lines);
            story.tell(
                    told,
                    before.getOrDefault(told.remoteId(), Map.of()),
                    stage.salesforce.record("Account", told.remoteId()),
                    "http://127.0.0.1:" + stage.port + "/api/v1");
            out.flush();
            if (!once) {
                new Living(stage, daemon, overview, main.clock(), out).go();
            }
            return Exit.OK;
        }
    }

    /** What the company did between two starts of the demo. */
    private int live(Stage stage) {
        var growth = stage.company.grow(main.clock().instant(), 24, 6, 1);
        return growth.added().size();
    }

    private static void header(Stage stage, int away, PrintWriter out) {
        out.println("Bellwether demo: everything is made up and stays on this machine.");
        out.println("  Wootric      " + stage.wootric.baseUrl() + ", simulated, "
                + Text.count(stage.company.responseCount()) + " responses in seven months");
        out.println("  Salesforce   " + stage.salesforce.baseUrl() + ", simulated, "
                + Text.count(stage.company.accountCount()) + " accounts, " + Text.count(stage.company.contactCount())
                + " contacts");
        out.println("  Bellwether   http://127.0.0.1:" + stage.port + "/api/v1, " + Text.count(Stage.CALLS_PER_MINUTE)
                + " calls/min allowed so that it");
        out.println("               takes seconds (Wootric itself allows 100), push: on");
        out.println("  kept in      " + stage.folder);
        if (stage.resumed) {
            out.println("Resuming: since the last time Wootric has " + away + " new responses and a few edited ones,");
            out.println("Salesforce one new contact. Only what is new is read.");
        }
        out.println();
        out.flush();
    }

    private static Map<String, Map<String, Object>> fields(Stage stage) {
        Map<String, Map<String, Object>> fields = new HashMap<>();
        stage.salesforce.records("Account").forEach(account -> fields.put((String) account.get("Id"), account));
        return fields;
    }
}
