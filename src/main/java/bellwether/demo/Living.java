package bellwether.demo;

import bellwether.daemon.Daemon;
import bellwether.nps.Policy;
import bellwether.simulator.Company.Growth;
import bellwether.store.Overview;
import bellwether.store.Overview.AccountLine;
import bellwether.store.Overview.Arrival;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The company goes on living, and each change is said in a line once Salesforce holds it. */
final class Living {
    private static final Duration LOOK_BACK = Duration.ofMinutes(1);

    private final Stage stage;
    private final Daemon daemon;
    private final Overview overview;
    private final Clock clock;
    private final PrintWriter out;
    private final Set<String> said = new HashSet<>();
    private Map<Long, AccountLine> known;
    private int turn;

    Living(Stage stage, Daemon daemon, Overview overview, Clock clock, PrintWriter out) {
        this.stage = stage;
        this.daemon = daemon;
        this.overview = overview;
        this.clock = clock;
        this.out = out;
    }

    /** Until the process is stopped. */
    void go() throws InterruptedException {
        out.println();
        String tells = stage.tool.tells() ? " tells by webhook and" : "";
        out.println("Still running: people go on answering, " + stage.tool.label + tells + " is read every "
                + stage.tool.everySeconds() + " s.");
        out.println("Ctrl-C stops.");
        known = accounts();
        arrivals().forEach(a -> said.add(key(a)));
        while (true) {
            grow();
            for (int i = 0; i < 8; i++) {
                Thread.sleep(1000);
                look();
            }
        }
    }

    private void grow() throws InterruptedException {
        turn++;
        Growth growth = stage.company.grow(clock.instant(), 1 + turn % 2, turn % 4 == 0 ? 2 : 0, turn % 6 == 0 ? 1 : 0);
        stage.tool.tell(growth, stage.port);
        growth.contacts()
                .forEach(
                        c -> out.println("Salesforce: new contact " + Text.masked(c.firstName() + " " + c.lastName())));
    }

    private List<Arrival> arrivals() {
        Instant now = clock.instant();
        return overview.arrivals(now.minus(LOOK_BACK), now);
    }

    private Map<Long, AccountLine> accounts() {
        Map<Long, AccountLine> accounts = new HashMap<>();
        overview.accounts(daemon.rules().window().name(), Policy.LATEST_PER_PERSON)
                .forEach(line -> accounts.put(line.id(), line));
        return accounts;
    }

    private void look() {
        if (daemon.refresh().backlog() > 0 || Watch.of(daemon, stage.tool).owed() > 0) {
            return;
        }
        Map<Long, AccountLine> now = accounts();
        Map<Long, List<Arrival>> news = new LinkedHashMap<>();
        for (Arrival arrival : arrivals()) {
            if (said.add(key(arrival))) {
                news.computeIfAbsent(arrival.account(), a -> new ArrayList<>()).add(arrival);
            }
        }
        news.forEach((account, arrivals) -> {
            for (int i = 0; i < arrivals.size(); i++) {
                boolean last = i == arrivals.size() - 1;
                out.println(what(arrivals.get(i)) + " → "
                        + (account == null
                                ? "waiting room"
                                : last
                                        ? change(known.get(account), now.get(account))
                                        : now.get(account).name()));
            }
        });
        now.forEach((id, line) -> {
            AccountLine old = known.get(id);
            if (!news.containsKey(id) && old != null && !old.tally().equals(line.tally())) {
                out.println("out of the waiting room → " + change(old, line));
            }
        });
        known = now;
    }

    private static String what(Arrival a) {
        String kind = "NPS".equals(a.metric()) ? "" : a.metric() == null ? "undeclared survey " : a.metric() + " ";
        String whom = a.person() == null ? "" : " from " + Text.masked(a.person());
        if (a.version() == 1) {
            return "new " + kind + score(a.score()) + whom;
        }
        return Objects.equals(a.before(), a.score())
                ? "comment of " + kind + score(a.score()) + " edited" + whom
                : "edit " + kind + score(a.before()) + " → " + score(a.score()) + whom;
    }

    private static String score(Integer score) {
        return score == null ? "no score" : score.toString();
    }

    private static String change(AccountLine before, AccountLine after) {
        String name = Text.cut(after.name(), 24);
        if (before == null) {
            return name;
        }
        String nps = nps(before).equals(nps(after))
                ? "NPS " + nps(after) + " as before"
                : "NPS " + nps(before) + " → " + nps(after);
        String health = health(before).equals(health(after)) ? "" : ", " + health(before) + " → " + health(after);
        return name + ": " + nps + health;
    }

    private static String nps(AccountLine line) {
        return line.tally().n() == 0 ? "none" : line.tally().nps().display();
    }

    private static String health(AccountLine line) {
        return line.health() == null ? "unknown" : line.health();
    }

    private static String key(Arrival a) {
        return a.id() + "#" + a.version();
    }
}
