package bellwether.demo;

import bellwether.command.Bellwether;
import bellwether.command.HomeOption;
import bellwether.command.Logs;
import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.mapping.Shipped;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            "Shows the main job with nothing to configure: a simulated survey tool and a simulated Salesforce on loopback, the"
                    + " daemon as it is between them. It goes on until Ctrl-C; another start resumes.",
            "Nothing outside this machine is asked, and none of your settings or credentials is used."
        },
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer>, Bellwether.Further {
    static final int PORT = 8321;

    @ParentCommand
    private Bellwether main;

    @Mixin
    private HomeOption home;

    @Option(
            names = "--tool",
            paramLabel = "NAME",
            defaultValue = SurveyTool.WOOTRIC,
            description =
                    "Which of the shipped tools is simulated, as its file in mappings/tools declares it; each keeps a demo of its own. Default: ${DEFAULT-VALUE}.")
    private String tool;

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
            description =
                    "Where the demo keeps its company, store and log. Default: data/demo in the home folder; where that cannot be written, .bellwether/demo in the user's.")
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
        if (accounts < 1 || contacts < 1 || responses < 1) {
            throw new Refusal(Exit.USAGE, "--accounts, --contacts and --responses must be at least 1.");
        }
        List<String> tools = Shipped.names("mappings/tools");
        if (!tools.contains(tool)) {
            throw new Refusal(
                    Exit.USAGE, "There is no tool '" + tool + "'. There are: " + String.join(", ", tools) + ".");
        }
        Path place = place();
        boolean terminal = Progress.onTerminal();
        var size = new Stage.Size(accounts, contacts, responses);
        if (pullThePlug) {
            return new PullThePlug(place.resolve("plug"), tool, size, main.clock(), out, terminal)
                    .go()
                    .code();
        }
        Logs.to(place.resolve("demo.log"));
        Thread player = Thread.currentThread();
        Thread stop = new Thread(() -> stop(player), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try (Port port = Port.from(PORT);
                Stage stage = Stage.open(place, tool, size, fresh, port.number, main.clock())) {
            return new Play(stage, main.clock(), out, terminal).go(once).code();
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

    /** The folder asked for, else one in the home folder, else, where that cannot be written, one of the user's. */
    private Path place() {
        Path own = home.of(main.environment());
        Path demos = folder != null
                ? folder.toAbsolutePath().normalize()
                : Files.isWritable(own)
                        ? own.resolve("data/demo")
                        : Path.of(System.getProperty("user.home"), ".bellwether", "demo");
        Path place = tool.equals(SurveyTool.WOOTRIC) ? demos : demos.resolve(tool);
        try {
            return Files.createDirectories(place);
        } catch (IOException e) {
            throw new Refusal(
                    Exit.FAILURE,
                    "The demo's folder " + place + " cannot be made ("
                            + e.getClass().getSimpleName() + "): name another one with --folder.");
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
}
