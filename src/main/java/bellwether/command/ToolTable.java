package bellwether.command;

import bellwether.contract.Evidence;
import bellwether.mapping.Configuration;
import bellwether.mapping.Mistake;
import bellwether.mapping.Setting;
import bellwether.source.Tool;
import bellwether.source.Tools;
import bellwether.source.Traits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tools that an installation has files for: what each supports, how well that is known, and how a connection to it is written. */
final class ToolTable {
    private static final String HEADER = """
            | tool | credentials | paging | new by | edits found by | e-mail | sends | webhook | file | doc./obs./ass. |
            |---|---|---|---|---|---|---|---|---|---|
            """;

    private final Map<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Evidence> evidence = new LinkedHashMap<>();
    private final List<Mistake> mistakes = new ArrayList<>();

    ToolTable(Configuration configuration) {
        for (String name : configuration.names("tools")) {
            var loaded = Tools.load(configuration, name);
            mistakes.addAll(loaded.mistakes());
            if (loaded.value() == null) {
                continue;
            }
            tools.put(name, loaded.value());
            evidence.put(name, Evidence.of(configuration, name));
        }
    }

    /** By name, in order; without those whose file has mistakes. */
    Map<String, Tool> tools() {
        return tools;
    }

    List<Mistake> mistakes() {
        return mistakes;
    }

    Evidence evidence(String tool) {
        return evidence.get(tool);
    }

    /** The table of the README. */
    String markdown() {
        StringBuilder table = new StringBuilder(HEADER);
        tools.forEach((name, tool) -> {
            Traits traits = Traits.of(tool);
            Evidence known = evidence.get(name);
            table.append("| ")
                    .append(String.join(
                            " | ",
                            "`" + name + "`" + (tool.closed() == null ? "" : ", closed " + tool.closed()),
                            traits.auth(),
                            traits.paging(),
                            traits.incremental(),
                            traits.edits(),
                            traits.email(),
                            traits.sends(),
                            traits.webhook(),
                            traits.file(),
                            known.documented() + " / " + known.observed() + " / " + known.assumed()))
                    .append(" |\n");
        });
        return table.toString();
    }

    /** A block for {@code config/connections.yaml}; what may be left out is empty unless a variable is set. */
    static String snippet(Tool tool) {
        List<String> lines = new ArrayList<>();
        lines.add("tools:");
        lines.add("  " + tool.tool() + ":");
        lines.add("    tool: " + tool.tool());
        if (tool.baseUrl() == null) {
            comment(lines, "the address at which you run it");
            lines.add("    base_url: ${" + variable(tool, "base_url") + "}");
        }
        tool.settings().forEach((key, setting) -> {
            comment(lines, setting.what() + (setting.required() ? "" : "; may be left out"));
            if (setting.unverified() != null) {
                comment(lines, "not confirmed: " + setting.unverified());
            }
            lines.add("    " + key + ": ${" + variable(tool, key) + fallback(setting) + "}");
        });
        boolean told = tool.responses().map().containsKey(bellwether.mapping.Word.METRIC);
        comment(
                lines,
                told
                        ? "the rows say which metric an answer is of; a survey named here is taken at its word"
                        : "the surveys that ask the NPS question: [a, b], or all");
        lines.add("    nps_surveys: ${" + variable(tool, "nps_surveys") + (told ? ":" : "") + "}");
        return String.join("\n", lines) + "\n";
    }

    private static String fallback(Setting setting) {
        if (setting.fallback() != null) {
            return ":" + setting.fallback();
        }
        return setting.required() ? "" : ":";
    }

    private static void comment(List<String> lines, String text) {
        lines.addAll(Paragraph.wrap(text, "    # ", "    # "));
    }

    private static String variable(Tool tool, String key) {
        return (tool.tool() + "_" + key).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
