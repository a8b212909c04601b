package bellwether.command;

import bellwether.daemon.Installation;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Schedule;
import bellwether.mapping.Settings;
import bellwether.mapping.ToolSettings;
import bellwether.nps.Window;
import bellwether.source.Connection;
import bellwether.source.NoticeReader;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** What a daemon is about to do, in a few plain lines. */
final class Summary {
    static void print(Installation installation, PrintWriter out) {
        Settings settings = installation.settings();
        line(out, "home", installation.configuration().home().toString());
        line(out, "store", store(settings.store().url()));
        line(out, "zone", settings.zone().getId());
        installation.tools().values().forEach(tool -> line(out, tool.name(), tool(tool)));
        installation
                .crms()
                .forEach((name, mapping) -> line(
                        out, name, mapping.label() + ", " + crm(settings.crms().get(name))));
        List<String> windows = settings.health().windows().stream()
                .map(Window::name)
                .map(name -> name.replace('_', ' '))
                .toList();
        line(out, "windows", String.join(", ", windows) + "; the first is shown in the CRM");
        out.flush();
    }

    private static void line(PrintWriter out, String name, String text) {
        Paragraph.wrap(text, String.format("  %-12s ", name), " ".repeat(15)).forEach(out::println);
    }

    private static String store(String url) {
        return url.startsWith("jdbc:postgresql:") ? "PostgreSQL, " + url.replaceAll("\\?.*", "") : "SQLite, " + url;
    }

    private static String tool(Connection connection) {
        ToolSettings settings = connection.settings();
        return connection.tool().label() + ", " + when(settings.schedule()) + ", " + settings.backfillMonths()
                + " months of history, " + connection.baseUrl()
                + (NoticeReader.ready(connection) ? ", webhook at /hooks/" + connection.name() : "");
    }

    private static String crm(CrmSettings crm) {
        String pilot = crm.onlyAccounts().isEmpty()
                ? ""
                : " (only " + crm.onlyAccounts().size() + " accounts)";
        return (crm.directory() ? "directory, " : "") + when(crm.schedule()) + ", "
                + switch (crm.push()) {
                    case ON -> "push: on" + pilot;
                    case PREVIEW -> "push: preview (nothing is written)";
                    case OFF -> "push: off";
                };
    }

    private static String when(Schedule schedule) {
        return schedule.cron() != null ? "at " + schedule.cron() : "every " + length(schedule.every());
    }

    static String length(Duration length) {
        long seconds = length.toSeconds();
        return seconds % 86_400 == 0
                ? seconds / 86_400 + " d"
                : seconds % 3600 == 0
                        ? seconds / 3600 + " h"
                        : seconds % 60 == 0
                                ? seconds / 60 + " min"
                                : seconds > 0 ? seconds + " s" : length.toMillis() + " ms";
    }

    private Summary() {}
}
