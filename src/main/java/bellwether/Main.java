package bellwether;

import bellwether.command.Bellwether;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Where the process begins: hands the arguments to the command line, and ends with its exit code. */
public final class Main {
    public static void main(String[] args) {
        System.exit(new Bellwether(System::getenv, Clock.systemUTC())
                .run(writer(FileDescriptor.out), writer(FileDescriptor.err), args));
    }

    /** UTF-8 whatever the locale says: people's names and comments come in every script. */
    private static PrintWriter writer(FileDescriptor to) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(to), StandardCharsets.UTF_8), true);
    }

    private Main() {}
}
