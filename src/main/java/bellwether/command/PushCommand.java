package bellwether.command;

import bellwether.crm.Pusher;
import bellwether.daemon.Alone;
import bellwether.daemon.Daemon;
import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Settings;
import bellwether.store.Store;
import bellwether.store.Targets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Tells one CRM what is owed, now. */
@Command(
        name = "push",
        description = {
            "Shows what a CRM is owed and what is held back, and writes what is owed. Where a daemon runs, it writes by"
                    + " itself, and this command watches. With `push: preview` nothing is written."
        },
        mixinStandardHelpOptions = true)
final class PushCommand implements Callable<Integer> {
    private static final int PATIENCE = 30;

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Parameters(paramLabel = "CRM", description = "The connection's name in config/connections.yaml.")
    private String crm;

    @Option(
            names = "--approve",
            description = "Lets go what is held back because more would change than max_change allows.")
    private boolean approve;

    @Spec
    private CommandSpec spec;

    private PrintWriter out;
    private Targets.Only only;

    @Override
    public Integer call() throws InterruptedException {
        Logs.quiet();
        out = spec.commandLine().getOut();
        Path folder = home.of(main.environment());
        Installation installation = Installation.load(folder, main.environment());
        installation.sound(crm);
        Settings settings = installation.settings();
        if (!settings.crms().containsKey(crm)) {
            throw new Refusal(Exit.USAGE, crm + " is a tool: nothing is written to it, see `bellwether sync`.");
        }
        only = new Targets.Only(settings.crms().get(crm).onlyAccounts());
        String url = Daemon.url(folder, settings.store());
        boolean daemon = Alone.taken(url)
                || !url.startsWith("jdbc:sqlite:")
                        && DaemonApi.of(folder, main.environment()).answers();
        return (daemon ? beside(url, settings) : here(installation)).code();
    }

    private Exit beside(String url, Settings settings) throws InterruptedException {
        try (Store store = Look.store(url, settings.store())) {
            if (!begin(store, settings.crms().get(crm))) {
                return Exit.OK;
            }
            out.println(crm + ": the daemon that runs writes it");
            return follow(store, null);
        }
    }

    private Exit here(Installation installation) throws InterruptedException {
        try (Daemon daemon = installation.daemon(main.clock())) {
            if (!begin(daemon.store(), installation.settings().crms().get(crm))) {
                return Exit.OK;
            }
            daemon.pauses().resume(crm);
            daemon.startIdle();
            daemon.pushNow(crm);
            Exit exit = follow(daemon.store(), daemon.pushers().get(crm));
            var pause = daemon.pauses().of(crm);
            if (pause.isPresent()) {
                Paragraph.print(
                        out, "  ", pause.get().code() + ": " + pause.get().reason());
                return Exit.UNREACHABLE;
            }
            return exit;
        }
    }

    /** Says what there is and approves; true if there is something to write and it may be written. */
    private boolean begin(Store store, CrmSettings settings) {
        Owing owing = Owing.of(store, crm, only);
        Paragraph.print(out, "", crm + ": owed " + owing.words("owed") + "; held " + owing.words("held"));
        if (approve) {
            out.println(crm + ": " + new Targets(store, main.clock()).approve(crm, "command") + " held rows let go");
        }
        if (settings.push() != CrmSettings.Push.ON) {
            String push = settings.push().name().toLowerCase(java.util.Locale.ROOT);
            Paragraph.print(
                    out, "", crm + ": push is " + push + ", nothing is written until it is on (BELLWETHER_PUSH=on)");
            return false;
        }
        return Owing.of(store, crm, only).rows("owed") > 0 || owing.rows("held") > 0;
    }

    private Exit follow(Store store, Pusher pusher) throws InterruptedException {
        Owing start = Owing.of(store, crm, only);
        long before = -1;
        int turn = 0;
        long owed = start.rows("owed");
        for (int still = 0;
                owed > 0 && still < PATIENCE;
                owed = Owing.of(store, crm, only).rows("owed")) {
            if (pusher != null && pusher.fault() != null) {
                break;
            }
            if (before >= 0 && owed != before && turn++ % 5 == 0) {
                out.println("  " + owed + " rows to go");
            }
            still = owed == before ? still + 1 : 0;
            before = owed;
            Thread.sleep(200);
        }
        Owing end = Owing.of(store, crm, only);
        long refused = end.rows("rejected") - start.rows("rejected");
        long held = end.rows("held");
        long unknown = end.rows("sending") + end.rows("unknown");
        String done = (end.taken() - start.taken()) + " rows written, " + refused + " refused, " + owed
                + " still owed, " + held + " held" + (unknown > 0 ? ", " + unknown + " unknown" : "");
        Paragraph.print(out, "", crm + ": " + done);
        if (pusher != null && pusher.fault() != null) {
            var fault = pusher.fault();
            Paragraph.print(out, "  ", fault.code() + ": " + fault.message() + " " + fault.advice());
            return Exit.UNREACHABLE;
        }
        if (held > 0) {
            out.println("  look at what is held, then: bellwether push " + crm + " --approve");
        }
        return refused > 0 || held > 0 || owed > 0 || unknown > 0 ? Exit.PARTIAL : Exit.OK;
    }
}
