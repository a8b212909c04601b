package bellwether.demo;

import bellwether.command.Paragraph;
import bellwether.nps.Interval;
import bellwether.nps.Tally;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** The accounts, the waiting room and the dead letters as tables. */
final class Report {
    private static final int MOST = 12;
    private static final Map<String, String> CAUSES = Map.of(
            "UNKNOWN_EMAIL", "no contact in Salesforce has this e-mail; matched as soon as one has",
            "NO_EMAIL", "TOOL holds no e-mail of the person, or deleted the person",
            "ONE_EMAIL_TWO_CONTACTS",
                    "two contacts of one account share the e-mail: counts for the account, is written to neither contact",
            "ONE_EMAIL_TWO_ACCOUNTS", "contacts of different accounts share the e-mail: not guessed, somebody decides",
            "DIRECTORY_NOT_READ", "Salesforce's contacts are not read to their end yet",
            "NO_RESPONDENT", "the row names nobody",
            "IGNORED", "somebody decided that this is no contact");

    private final String tool;
    private final PrintWriter out;

    /** @param tool as people call it */
    Report(String tool, PrintWriter out) {
        this.tool = tool;
        this.out = out;
    }

    void accounts(List<AccountLine> accounts, int minN) {
        out.println();
        out.printf(
                "%-25s%5s%5s%5s%5s%7s  %-15s %s%n",
                "ACCOUNTS, six months", "prom", "pass", "detr", "n", "NPS", " 95 % interval", "health");
        Set<AccountLine> shown = new LinkedHashSet<>(accounts.subList(0, Math.min(MOST, accounts.size())));
        shown.forEach(account -> account(account, minN));
        Set<AccountLine> special = special(accounts, shown, minN);
        if (!special.isEmpty()) {
            out.println("  …");
            special.forEach(account -> account(account, minN));
        }
        int more = accounts.size() - shown.size() - special.size();
        if (more > 0) {
            out.println("  … and " + Text.count(more) + " more");
        }
        out.println("~ fewer than " + minN + " responses: indicative, the interval says how little is known");
    }

    /** One account each of the kinds that the largest ones do not show. */
    private static Set<AccountLine> special(List<AccountLine> accounts, Set<AccountLine> shown, int minN) {
        List<Predicate<AccountLine>> kinds = List.of(
                a -> a.tally().n() >= minN && "poor".equals(a.health()),
                a -> a.tally().n() > 1
                        && a.tally().n() < minN
                        && a.tally().promoters() == a.tally().n(),
                a -> a.tally().n() == 1 && a.tally().detractors() == 1,
                a -> a.tally().n() > 0 && "unknown".equals(a.health()),
                a -> a.tally().n() == 0 && a.answers() > 0,
                a -> a.answers() == 0);
        Set<AccountLine> special = new LinkedHashSet<>();
        for (Predicate<AccountLine> kind : kinds) {
            accounts.stream()
                    .filter(kind)
                    .filter(a -> !shown.contains(a) && !special.contains(a))
                    .findFirst()
                    .ifPresent(special::add);
        }
        return special;
    }

    private void account(AccountLine account, int minN) {
        Tally tally = account.tally();
        boolean none = tally.n() == 0;
        out.printf(
                Locale.ROOT,
                "%-25s%5s%5s%5s%5s%7s%2s%-15s %s%n",
                Text.cut(account.name(), 24),
                none ? "" : tally.promoters(),
                none ? "" : tally.passives(),
                none ? "" : tally.detractors(),
                tally.n(),
                none ? "none" : tally.nps().display(),
                !none && tally.n() < minN ? "~ " : "  ",
                none ? "" : interval(tally),
                account.health() == null ? "unknown" : account.health());
    }

    private static String interval(Tally tally) {
        return String.format(
                Locale.ROOT,
                "%6s to %5s",
                tally.interval().lowRounded(1).toPlainString(),
                tally.interval().highRounded(1).toPlainString());
    }

    /**
     * How many of those who were asked answered.
     *
     * @param young what was sent in the last 30 days, whose answers may still come
     */
    void rate(Overview.Asked asked, Overview.Asked young) {
        out.println();
        out.println("RESPONSE RATE, of the surveys sent in six months");
        if (asked.rate() == null) {
            out.println("  none: nothing says who was asked");
            return;
        }
        print(
                "  ",
                Text.count(asked.sent()) + " sent, " + Text.count(asked.bounced()) + " of them bounced; "
                        + Text.count(asked.answered()) + " of the "
                        + Text.count(asked.rate().whole()) + " delivered were answered:");
        Interval interval = asked.rate().wilson();
        out.println("  " + asked.rate().rounded(1) + " % (95 % interval " + interval.lowRounded(1) + " to "
                + interval.highRounded(1) + " %)");
        print("  ", Text.count(young.sent()) + " were sent in the last 30 days: answers to these may still come");
    }

    void waiting(List<Overview.Waiting> causes) {
        out.println();
        out.println("WAITING ROOM, responses of people who are not (one) contact");
        for (Overview.Waiting waiting : causes) {
            String first = String.format(Locale.ROOT, "%6s  %-23s ", Text.count(waiting.responses()), waiting.cause());
            print(first, CAUSES.getOrDefault(waiting.cause(), "").replace("TOOL", tool));
        }
        if (causes.isEmpty()) {
            out.println("  empty");
        }
    }

    void letters(List<Overview.Letters> letters) {
        out.println();
        out.println("DEAD LETTERS, records that cannot be used; the rest goes on");
        for (Overview.Letters some : letters) {
            String first = String.format(Locale.ROOT, "%6s  %-23s ", Text.count(some.records()), some.code());
            print(first, some.advice());
        }
        if (letters.isEmpty()) {
            out.println("  none");
        }
    }

    private void print(String first, String text) {
        List<String> lines = new ArrayList<>(Paragraph.wrap(text, first, " ".repeat(first.length())));
        lines.forEach(out::println);
    }
}
