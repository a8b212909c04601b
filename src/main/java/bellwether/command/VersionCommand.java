package bellwether.command;

import bellwether.daemon.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which Bellwether this is. */
@Command(name = "version", description = "Prints the version.", mixinStandardHelpOptions = true)
final class VersionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(text());
        return Exit.OK.code();
    }

    /** Of the jar; classes that were built but not packed have no number. */
    static String text() {
        String number = VersionCommand.class.getPackage().getImplementationVersion();
        return "bellwether " + (number == null ? "(not packaged)" : number) + ", Java "
                + System.getProperty("java.version");
    }
}
