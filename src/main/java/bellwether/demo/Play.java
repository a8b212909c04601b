package bellwether.demo;

import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.nps.Policy;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One start of the demo: everything that is new is synced and shown, and then what happens from then on. */
final class Play {
    private final Stage stage;
    private final Clock clock;
    private final PrintWriter out;
    private final boolean terminal;

    Play(Stage stage, Clock clock, PrintWriter out, boolean terminal) {
        this.stage = stage;
        this.clock = clock;
        this.out = out;
        this.terminal = terminal;
    }

    /** @param once ends when all is shown; else it goes on until the thread is interrupted */
    Exit go(boolean once) throws InterruptedException {
        header(stage.resumed ? live() : 0);
        Map<String, Map<String, Object>> before = fields();
        Installation installation = stage.installation();
        try (Daemon daemon = installation.daemon(clock)) {
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
            var story = new Story(daemon, overview, clock, out);
            AccountLine told = story.pick(
                    lines,
                    line -> !Objects.equals(
                            before.getOrDefault(line.remoteId(), Map.of()).get("NPS__c"),
                            stage.salesforce.record("Account", line.remoteId()).get("NPS__c")));
            story.tell(
                    told,
                    before.getOrDefault(told.remoteId(), Map.of()),
                    stage.salesforce.record("Account", told.remoteId()),
                    "http://127.0.0.1:" + stage.port + "/api/v1");
            out.flush();
            if (!once) {
                new Living(stage, daemon, overview, clock, out).go();
            }
            return Exit.OK;
        }
    }

    /** What the company did between two starts of the demo. */
    private int live() {
        var growth = stage.company.grow(clock.instant(), 24, 6, 1);
        return growth.added().size();
    }

    private void header(int away) {
        out.println("Bellwether demo: everything is made up and stays on this machine.");
        out.println("  Wootric      " + stage.wootric.baseUrl() + ", simulated, "
                + Text.count(stage.company.responseCount()) + " responses of 7 months");
        out.println("  Salesforce   " + stage.salesforce.baseUrl() + ", simulated, "
                + Text.count(stage.company.accountCount()) + " accounts, " + Text.count(stage.company.contactCount())
                + " contacts");
        out.println("  Bellwether   http://127.0.0.1:" + stage.port + "/api/v1, " + Text.count(Stage.CALLS_PER_MINUTE)
                + " calls/min allowed so that it");
        out.println("               takes seconds (Wootric itself allows 100), push: on");
        out.println("  kept in      " + stage.folder);
        if (stage.resumed) {
            out.println("Resuming: since the last time Wootric has " + away + " new responses and a few edited");
            out.println("ones, Salesforce one new contact. Only what is new is read.");
        }
        out.println();
        out.flush();
    }

    private Map<String, Map<String, Object>> fields() {
        Map<String, Map<String, Object>> fields = new HashMap<>();
        stage.salesforce.records("Account").forEach(account -> fields.put((String) account.get("Id"), account));
        return fields;
    }
}
