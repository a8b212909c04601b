package bellwether.demo;

import bellwether.daemon.Exit;
import bellwether.simulator.Call;
import bellwether.store.Store;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The daemon is killed in the middle of a push and started again; then all is compared with what the simulators hold. */
final class PullThePlug {
    private final Path folder;
    private final String tool;
    private final Stage.Size size;
    private final Clock clock;
    private final PrintWriter out;
    private final boolean terminal;

    PullThePlug(Path folder, String tool, Stage.Size size, Clock clock, PrintWriter out, boolean terminal) {
        this.folder = folder;
        this.tool = tool;
        this.size = size;
        this.clock = clock;
        this.out = out;
        this.terminal = terminal;
    }

    Exit go() throws InterruptedException {
        // Nobody is told the port, so each daemon takes one that is free when it starts.
        try (Stage stage = Stage.open(folder, tool, size, true, 0, clock)) {
            out.println("Bellwether demo: the plug is pulled in the middle of a push.");
            out.println("  Simulated " + stage.tool.label + " and Salesforce: "
                    + Text.count(stage.company.responseCount()) + " responses, "
                    + Text.count(stage.company.accountCount()) + " accounts, "
                    + Text.count(stage.company.contactCount()) + " contacts");
            out.println("  kept in " + stage.folder);
            out.flush();
            return kill(stage) && restart(stage) ? verdict(stage) : Exit.FAILURE;
        }
    }

    /** About half the batches of response records: full batches go out while the backfill still runs. */
    private int middle() {
        return Math.max(2, size.responses() / 200 / 2);
    }

    private boolean kill(Stage stage) throws InterruptedException {
        var writes = new AtomicInteger();
        int middle = middle();
        try (Child child = Child.start(stage, "run-1")) {
            stage.salesforce.onCall(call -> {
                if (write(call) && writes.incrementAndGet() == middle) {
                    child.kill();
                }
            });
            out.println("  daemon 1 runs, process " + child.pid());
            out.flush();
            for (int i = 0; i < 3000 && child.alive(); i++) {
                Thread.sleep(100);
            }
            if (child.alive() || writes.get() < middle) {
                out.println("  it was not killed: " + writes.get() + " writes came; see " + stage.folder);
                return false;
            }
        }
        Map<String, Long> created = stage.salesforce.created();
        out.println("  SIGKILL during write " + middle + ", which Salesforce had done and not answered;");
        out.println("  Salesforce holds " + Text.count(created.getOrDefault("NPS_Response__c", 0L))
                + " of the response records");
        out.flush();
        return true;
    }

    private static boolean write(Call call) {
        return call.phase() == Call.Phase.COMMITTED && call.method().equals("PATCH");
    }

    private boolean restart(Stage stage) throws InterruptedException {
        try (Child child = Child.start(stage, "run-2")) {
            if (!child.ready()) {
                out.println("  daemon 2 did not start; see " + stage.folder.resolve("run-2.log"));
                return false;
            }
            out.println("  daemon 2 runs, process " + child.pid() + ", and goes on where the first one was");
            out.flush();
            try (Store store = Store.look("jdbc:sqlite:" + stage.store(), null, null)) {
                var progress = new Progress(stage, Watch.of(store, stage.tool, clock), out, terminal);
                boolean settled = progress.follow(Map.of(tool, 1L, "salesforce", 1L), Duration.ofMinutes(10));
                out.printf(
                        Locale.ROOT,
                        "  %s after %.1f s%n",
                        settled ? "everything is synced" : "it has not settled",
                        progress.seconds());
                return settled;
            } finally {
                out.printf(Locale.ROOT, "  daemon 2 stopped on SIGTERM in %.1f s%n", child.stop());
            }
        }
    }

    private Exit verdict(Stage stage) {
        Recount recount = stage.recount(clock.instant());
        Comparison result = Comparison.of(recount, stage.salesforce);
        out.println();
        out.println("COMPARED, with a recount of the simulators' own data by other code");
        out.println("  " + Text.count(result.responses()) + " responses that match: each has its record, created "
                + Text.count(result.creations()) + " times in all;");
        out.println("    " + result.lost() + " lost, " + result.doubled() + " doubled, " + result.strange()
                + " without reason, " + result.differing("response") + " with other content");
        out.println("  " + Text.count(recount.warnings().size()) + " warnings of the last seven days: each is one of "
                + Text.count(result.signals(), "signal record;", "signal records;"));
        out.println("  " + Text.count(recount.contacts().size()) + " contacts: " + result.differing("contact")
                + " with other fields");
        out.println("  " + Text.count(recount.accounts().size()) + " accounts: " + result.differing("account")
                + " with other figures");
        List<String> differences = result.differences();
        differences.stream().limit(10).forEach(line -> out.println("  ! " + line));
        out.println();
        out.println("lost " + result.lost() + ", doubled " + result.doubled());
        out.flush();
        return result.lost() == 0 && result.doubled() == 0 && differences.isEmpty() ? Exit.OK : Exit.FAILURE;
    }
}
