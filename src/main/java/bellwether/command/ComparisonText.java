package bellwether.command;

import bellwether.admin.AccountNps;
import bellwether.admin.ComparisonView;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** A comparison for people, in 80 columns. */
final class ComparisonText {
    private static final int WIDTH = 80;

    static void print(ComparisonView view, PrintWriter out) {
        out.println(view.connection() + ", " + view.window().name() + dates(view.window()) + ", "
                + view.window().zone());
        out.println("The tool shows " + view.theirs().toPlainString() + ", Bellwether "
                + shown(view.ours().nps()) + ".");
        out.println();
        out.printf("%-28s%10s%9s%11s%7s%7s%6s%n", "", "promoters", "passives", "detractors", "n", "NPS", "shown");
        for (ComparisonView.Step step : view.steps()) {
            var figure = step.figure();
            out.printf(
                    "%-28s%10d%9d%11d%7d%7s%6s%s%n",
                    step.label(),
                    figure.promoters(),
                    figure.passives(),
                    figure.detractors(),
                    figure.responses(),
                    shown(figure.nps()),
                    shown(step.shown()),
                    step.met() ? " *" : "");
        }
        out.println();
        if (view.steps().stream().anyMatch(ComparisonView.Step::met)) {
            out.println("* their number");
        }
        if (view.company() != null) {
            wrap(
                    out,
                    "Together with the other connections: NPS "
                            + shown(view.company().nps()) + " of "
                            + view.company().responses() + " responses.");
        }
        verdict(view, out);
        out.flush();
    }

    private static void verdict(ComparisonView view, PrintWriter out) {
        if (view.agree()) {
            out.println("The numbers agree; they are only rounded differently, if at all.");
            return;
        }
        if (view.explained()) {
            out.println("The tool's number is met if");
            view.explanations().forEach(way -> item(out, way.text()));
            if (view.explanations().size() > 1) {
                wrap(
                        out,
                        "The first is the nearest to ours; with many responses several can meet a rounded number by"
                                + " chance.");
            }
            return;
        }
        out.println("No way of counting gives their number. What to look at:");
        view.check().forEach(line -> item(out, line));
    }

    private static String dates(AccountNps.Bounds window) {
        LocalDate from = window.fromLocal() == null ? null : window.fromLocal().toLocalDate();
        LocalDate last =
                window.toLocal() == null ? null : window.toLocal().toLocalDate().minusDays(1);
        return from == null && last == null
                ? ""
                : " (" + (from == null ? "" : from) + " to " + (last == null ? "" : last) + ")";
    }

    private static String shown(BigDecimal value) {
        return value == null ? "-" : value.toPlainString();
    }

    private static void item(PrintWriter out, String text) {
        wrap(out, "- ", text);
    }

    private static void wrap(PrintWriter out, String text) {
        wrap(out, "", text);
    }

    private static void wrap(PrintWriter out, String mark, String text) {
        StringBuilder line = new StringBuilder(mark);
        for (String word : List.of(text.split(" "))) {
            if (line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line = new StringBuilder(" ".repeat(mark.length()));
            }
            line.append(line.toString().isBlank() || line.toString().equals(mark) ? "" : " ")
                    .append(word);
        }
        out.println(line);
    }

    private ComparisonText() {}
}
