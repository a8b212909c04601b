package bellwether.command;

import bellwether.daemon.Installation;
import bellwether.mapping.Mistake;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Says what is wrong with the files of an installation, all at once, and what follows from it. */
final class Mistakes {
    static void print(Installation installation, Path home, PrintWriter to) {
        int count = installation.mistakes().size();
        if (count == 0) {
            if (!installation.usable()) {
                Paragraph.print(
                        to,
                        "",
                        "config/connections.yaml: no connection is declared or enabled. `bellwether tools <tool>`"
                                + " prints a block for it, and the file that `bellwether init` writes has more.");
                to.flush();
            }
            return;
        }
        to.println(count == 1 ? "1 mistake in the configuration:" : count + " mistakes in the configuration:");
        for (Mistake mistake : installation.mistakes()) {
            to.println("  " + mistake);
        }
        if (!Files.exists(home.resolve("config"))) {
            Paragraph.print(
                    to,
                    "",
                    "There is no folder config in " + home + ": make one with `bellwether init`, or name another folder"
                            + " with --home.");
        } else if (installation.settings() == null) {
            Paragraph.print(
                    to, "", "A file that every connection needs is wrong: nothing can work before it is mended.");
        } else if (!installation.usable()) {
            to.println("No connection is left that could work.");
        } else if (!installation.settings().broken().isEmpty()) {
            Paragraph.print(
                    to,
                    "",
                    "Left out until mended: "
                            + String.join(", ", installation.settings().broken().keySet()) + ".");
        }
        if (installation.usable()
                && installation.crms().keySet().stream()
                        .noneMatch(
                                crm -> installation.settings().crms().get(crm).directory())) {
            Paragraph.print(
                    to, "", "No CRM that is the directory can work: responses are kept, and wait to be matched.");
        }
        to.flush();
    }

    private Mistakes() {}
}
