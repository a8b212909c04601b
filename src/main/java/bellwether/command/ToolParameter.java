package bellwether.command;

import bellwether.daemon.Exit;
import bellwether.daemon.Installation;
import bellwether.daemon.Refusal;
import bellwether.source.Connection;
import picocli.CommandLine.Parameters;

/** The tool that a command is about, by the name of its connection. */
public final class ToolParameter {
    @Parameters(paramLabel = "CONNECTION", description = "The tool's name in config/connections.yaml.")
    private String name;

    String name() {
        return name;
    }

    /**
     * Its connection, which has no mistake.
     *
     * @param instead what to say of a CRM: {@code it is tools that are tried}
     * @throws Refusal usage or configuration
     */
    Connection of(Installation installation, String instead) {
        installation.sound(name);
        Connection tool = installation.tools().get(name);
        if (tool == null) {
            throw new Refusal(Exit.USAGE, name + " is a CRM: " + instead + ".");
        }
        return tool;
    }
}
