package bellwether.demo;

import bellwether.command.Paragraph;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.nps.Policy;
import bellwether.nps.Span;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
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
            Watch watch = Watch.of(daemon, stage.tool);
            Map<String, Long> runs = watch.newest();
            var overview = new Overview(daemon.store());
            var result = new Result(stage, overview);
            daemon.start();
            var progress = new Progress(stage, watch, out, terminal);
            boolean settled = progress.follow(runs, Duration.ofMinutes(10));
            result.print(progress.seconds(), out);
            if (!settled) {
                String paused = watch.paused();
                out.println("It has not settled; see " + stage.folder.resolve("demo.log")
                        + (paused == null ? "" : ": " + paused));
                return Exit.FAILURE;
            }
            List<AccountLine> lines = overview.accounts(daemon.rules().window().name(), Policy.LATEST_PER_PERSON);
            var report = new Report(stage.tool.label, out);
            report.accounts(lines, daemon.rules().minNFlag());
            rate(daemon, overview, report);
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

    private void rate(Daemon daemon, Overview overview, Report report) {
        ZoneId zone = daemon.rules().zone();
        LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
        Span span = daemon.rules().window().span(today, zone);
        Instant mature = today.minusDays(30).atStartOfDay(zone).toInstant();
        report.rate(overview.asked(span.start(), span.end()), overview.asked(mature, span.end()));
    }

    /** What the company did between two starts of the demo. */
    private int live() {
        var growth = stage.company.grow(clock.instant(), 24, 6, 1);
        return growth.added().size();
    }

    private void header(int away) {
        out.println("Bellwether demo: everything is made up and stays on this machine.");
        line(
                stage.tool.label,
                stage.tool.simulator.host() + ", simulated, " + Text.count(stage.company.responseCount())
                        + " responses of 7 months");
        line(
                "Salesforce",
                stage.salesforce.baseUrl() + ", simulated, "
                        + Text.count(stage.company.accountCount()) + " accounts, "
                        + Text.count(stage.company.contactCount())
                        + " contacts");
        line(
                "Bellwether",
                "http://127.0.0.1:" + stage.port + "/api/v1, " + Text.count(SurveyTool.CALLS_PER_MINUTE)
                        + " calls/min allowed so that it takes seconds (" + stage.tool.label
                        + " itself allows fewer), push: on");
        out.println("  kept in      " + stage.folder);
        if (stage.resumed) {
            out.println("Resuming: since the last time " + stage.tool.label + " has " + away
                    + " new responses and a few edited");
            out.println("ones, Salesforce one new contact. Only what is new is read.");
        }
        out.println();
        out.flush();
    }

    private void line(String what, String text) {
        String first = String.format("  %-12s ", what);
        Paragraph.wrap(text, first, " ".repeat(15)).forEach(out::println);
    }

    private Map<String, Map<String, Object>> fields() {
        Map<String, Map<String, Object>> fields = new HashMap<>();
        stage.salesforce.records("Account").forEach(account -> fields.put((String) account.get("Id"), account));
        return fields;
    }
}
