package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.daemon.Refusal;
import bellwether.mapping.Shipped;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lays out a home folder. */
@Command(
        name = "init",
        description = {
            "Writes a commented configuration: config/, mappings/ and routes/ as shipped, with `push: preview`, so that"
                    + " nothing is written to a CRM before you say so. A file that is there is left as it is."
        },
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where. Default: the current folder.")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path home = folder.toAbsolutePath().normalize();
        List<Path> written = copied(home);
        out.println(
                written.isEmpty()
                        ? "Everything is there already in " + home + ": nothing was written."
                        : "Wrote " + written.size() + (written.size() == 1 ? " file to " : " files to ") + home
                                + ". Next:");
        if (!written.isEmpty()) {
            String at = home.equals(Path.of("").toAbsolutePath().normalize()) ? "" : " --home " + folder;
            step(
                    out,
                    "1. ",
                    "Set the variables that config/connections.yaml names, at least WOOTRIC_CLIENT_ID,"
                            + " WOOTRIC_CLIENT_SECRET, WOOTRIC_NPS_SURVEYS, SALESFORCE_LOGIN_URL, SALESFORCE_CLIENT_ID and"
                            + " SALESFORCE_CLIENT_SECRET; or write the values into the file.");
            step(out, "2. ", "bellwether check" + at);
            step(out, "   ", "says for each connection whether it works, and lists every mistake with file and line.");
            step(out, "3. ", "bellwether run" + at);
            step(
                    out,
                    "   ",
                    "computes everything and writes nothing to the CRM. Step 2, once more, then says what it would write;"
                            + " when you agree, set BELLWETHER_PUSH=on and start it again.");
        }
        return Exit.OK.code();
    }

    private static List<Path> copied(Path home) {
        try {
            return Shipped.copy(home, false);
        } catch (UncheckedIOException e) {
            throw new Refusal(
                    Exit.FAILURE,
                    home + " cannot be written (" + e.getCause().getClass().getSimpleName() + ": "
                            + e.getCause().getMessage()
                            + "): let this user write there, or name another folder.");
        }
    }

    private static void step(PrintWriter out, String number, String text) {
        Paragraph.wrap(text, "  " + number, "     ").forEach(out::println);
    }
}
