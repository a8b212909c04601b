package bellwether.command;

import bellwether.http.Sleep;
import bellwether.source.Connection;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;

/** Waits as long as a tool wants to be waited for while it prepares an export, and says so once, since that may take minutes. */
final class Patience implements Consumer<Duration> {
    private final Connection tool;
    private final PrintWriter terminal;
    private boolean said;

    /** @param terminal for what is no result */
    Patience(Connection tool, PrintWriter terminal) {
        this.tool = tool;
        this.terminal = terminal;
    }

    @Override
    public void accept(Duration time) {
        if (!said) {
            terminal.println(tool.name() + " prepares an export, which may take minutes; Ctrl-C ends the waiting.");
        }
        said = true;
        try {
            Sleep.REAL.pass(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
