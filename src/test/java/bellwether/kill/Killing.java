package bellwether.kill;

import bellwether.House;
import bellwether.oracle.Oracle;
import bellwether.oracle.Question;
import bellwether.oracle.Report;
import bellwether.simulator.Call;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * Backfills that are killed again and again until the wanted number of kills has fallen into each step. Each backfill ends undisturbed
 * and is then judged.
 */
final class Killing {
    private static final String SEARCHED = "push: {signal: {verb: insert, idempotency: search}}\n";

    private final Random dice;
    private final int responses;
    private final Path folder;
    private final ZoneId zone;
    private final Map<Point, Integer> wanted;
    private final Map<Point, Integer> fallen = new EnumMap<>(Point.class);
    private final Map<String, Integer> details = new TreeMap<>();
    private final Map<Point, Double> usual = new EnumMap<>(Point.class);
    private final List<Report> reports = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private String acts = "PATCH /composite/sobjects/NPS_Signal__c";

    Killing(long seed, int responses, Path folder, ZoneId zone, Map<Point, Integer> wanted) {
        this.dice = new Random(seed);
        this.responses = responses;
        this.folder = folder;
        this.zone = zone;
        this.wanted = new EnumMap<>(wanted);
        System.out.println("kill: seed " + seed + ", " + responses + " responses, wanted " + wanted);
    }

    /** The CRM does not know our key of what is done once: an insert that may have been taken is looked for. */
    Killing looking() {
        acts = "POST /composite/sobjects";
        return this;
    }

    void run() {
        for (int backfill = 1; wanting(); backfill++) {
            if (backfill > 40) {
                throw new IllegalStateException("After 40 backfills there are only " + fallen + " kills");
            }
            backfill(backfill);
        }
    }

    private boolean wanting() {
        return wanted.entrySet().stream().anyMatch(e -> fallen.getOrDefault(e.getKey(), 0) < e.getValue());
    }

    private void backfill(int number) {
        Company company =
                Company.of(dice.nextLong(), 200, 3_000, responses, Instant.now().minusSeconds(600));
        SalesforceSimulator.Options org = SalesforceSimulator.Options.standard().callsPerDay(1_000_000);
        try (var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company, org)) {
            Path home = folder.resolve("home" + number);
            House house =
                    new House(home, wootric.baseUrl(), salesforce.baseUrl()).with("BELLWETHER_ZONE", zone.getId());
            if (acts.startsWith("POST")) {
                salesforce.removeField("NPS_Signal__c", "Signal_Id__c");
                salesforce.addField("NPS_Signal__c", "Signal_Id__c", "string", 80);
                house.with("SALESFORCE_TIMEOUT", "3s").overlay("crms/salesforce.yaml", SEARCHED);
            }
            Oracle.Before before = Oracle.Before.of(salesforce.baseUrl());
            Trap trap = new Trap();
            wootric.onCall(trap::call);
            salesforce.onCall(trap::call);
            List<Point> plan = plan();
            while (true) {
                if (!hunt(house, trap, plan)) {
                    break;
                }
            }
            Report report = Oracle.compare(
                    Question.of(
                            wootric.baseUrl(),
                            salesforce.baseUrl(),
                            "jdbc:sqlite:" + home.resolve("data/bellwether.db"),
                            zone,
                            LocalDate.now(zone)),
                    before);
            reports.add(report);
            System.out.println("kill: backfill " + number + ", kills so far " + fallen + "; " + report);
        }
    }

    /** Which points to try in one backfill, in the order in which they come. */
    private List<Point> plan() {
        List<Point> early = new ArrayList<>();
        List<Point> middle = new ArrayList<>();
        List<Point> late = new ArrayList<>();
        for (Point point : wanted.keySet()) {
            int missing = Math.min(5, wanted.get(point) - fallen.getOrDefault(point, 0));
            for (int i = 0; i < missing; i++) {
                boolean during = point == Point.PULL || point == Point.ACCEPT;
                boolean refreshing = point == Point.REFRESH || point == Point.ACT;
                (during || !refreshing && i % 2 == 0 ? early : refreshing ? middle : late).add(point);
            }
        }
        java.util.Collections.shuffle(early, dice);
        java.util.Collections.shuffle(late, dice);
        early.addAll(middle);
        early.addAll(late);
        return early;
    }

    /** Runs one victim to its death, or until all is settled; false then. */
    private boolean hunt(House house, Trap trap, List<Point> plan) {
        Point aim = plan.isEmpty() ? null : plan.remove(0);
        int times = 1 + dice.nextInt(aim == Point.REFRESH ? 1 : 2);
        boolean answer = aim == Point.ANSWER || aim == Point.ACT;
        boolean caught = answer || aim == Point.PULL && dice.nextBoolean();
        if (caught) {
            Call.Phase phase = answer || dice.nextBoolean() ? Call.Phase.COMMITTED : Call.Phase.ARRIVED;
            String calls = aim == Point.ACT ? acts : answer ? "PATCH" : "GET /v1/";
            trap.set(calls, phase, aim == Point.ACT ? 1 : answer ? times : 4 * times);
        }
        try (VictimProcess victim = new VictimProcess(house.home, house.environment, usual)) {
            trap.victim = victim;
            boolean there = aim != null && (caught ? victim.await(trap::sprung) : victim.await(aim, times));
            if (there && !caught) {
                pause(dice.nextDouble() * usual.getOrDefault(aim, 30.0));
            } else if (!there && aim == null) {
                victim.await(() -> false);
            }
            boolean settled = victim.settled() && !there;
            if (!settled && victim.ended()) {
                throw new IllegalStateException("The victim ended by itself:\n" + victim.lastLines());
            }
            Set<Point> open = victim.kill();
            complaints.addAll(victim.complaints());
            if (settled) {
                return false;
            }
            count(aim, caught && there, trap.where(), open);
            return true;
        } finally {
            trap.release();
        }
    }

    private void count(Point aim, boolean caught, String where, Set<Point> open) {
        Point point = caught && (aim == Point.ANSWER || aim == Point.ACT)
                ? aim
                : open.contains(aim) ? aim : open.stream().findFirst().orElse(Point.ELSEWHERE);
        fallen.merge(point, 1, Integer::sum);
        details.merge(caught ? point + ", " + where : point + ", at a random instant", 1, Integer::sum);
    }

    private static void pause(double millis) {
        try {
            Thread.sleep((long) millis, (int) (millis % 1 * 1e6));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Map<Point, Integer> fallen() {
        return fallen;
    }

    List<Report> reports() {
        return reports;
    }

    List<String> complaints() {
        return complaints;
    }

    /** For people: how many kills fell where. */
    String histogram() {
        StringBuilder text = new StringBuilder(
                "kills: " + fallen.values().stream().mapToInt(k -> k).sum());
        fallen.forEach(
                (point, times) -> text.append(String.format("%n  %-10s %3d  %s", point, times, "#".repeat(times))));
        details.forEach((detail, times) -> text.append(String.format("%n    %3d  %s", times, detail)));
        text.append(String.format(
                "%nbackfills: %d, lost %d, doubled %d, differences %d",
                reports.size(),
                reports.stream().mapToInt(Report::lost).sum(),
                reports.stream().mapToInt(Report::doubled).sum(),
                reports.stream().mapToInt(r -> r.differences().size()).sum()));
        return text.toString();
    }

    /** Holds the answer to a certain call to come, until the victim is dead. */
    private static final class Trap {
        private String endpoint;
        private Call.Phase phase;
        private int skip;
        private boolean sprung;
        private String where = "";
        private CountDownLatch held;
        private volatile VictimProcess victim;

        synchronized void set(String start, Call.Phase at, int nth) {
            endpoint = start;
            phase = at;
            skip = nth - 1;
            sprung = false;
            held = new CountDownLatch(1);
        }

        synchronized boolean sprung() {
            return sprung;
        }

        synchronized String where() {
            return where;
        }

        void call(Call call) {
            CountDownLatch hold;
            synchronized (this) {
                if (endpoint == null
                        || call.phase() != phase
                        || !call.endpoint().startsWith(endpoint)
                        || skip-- > 0) {
                    return;
                }
                endpoint = null;
                sprung = true;
                where = (phase == Call.Phase.COMMITTED ? "answer held: " : "request held: ") + call.endpoint();
                hold = held;
            }
            victim.wake();
            try {
                hold.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized void release() {
            endpoint = null;
            if (held != null) {
                held.countDown();
            }
        }
    }
}
