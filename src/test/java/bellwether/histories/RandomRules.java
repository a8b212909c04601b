package bellwether.histories;

import bellwether.oracle.Law;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** By what answers are counted and judged, by chance. */
final class RandomRules {
    static final String[] ZONES = {
        "UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Africa/Cairo", "America/Havana", "Pacific/Apia"
    };
    private static final String[] WINDOWS = {
        "trailing_6_months",
        "this_month",
        "last_month",
        "this_quarter",
        "last_quarter",
        "this_week",
        "last_week",
        "this_half_year",
        "last_half_year",
        "this_year",
        "last_year",
        "this_fiscal_quarter",
        "last_fiscal_quarter",
        "this_fiscal_half_year",
        "this_fiscal_year",
        "last_fiscal_year",
        "trailing_30_days",
        "trailing_90_days",
        "trailing_1_months",
        "trailing_12_months",
        "all_time",
        "2026-03-01..2026-03-31"
    };

    private final Random random;

    RandomRules(Random random) {
        this.random = random;
    }

    Law law() {
        List<String> windows = new ArrayList<>(Arrays.asList(WINDOWS));
        Collections.shuffle(windows, random);
        return new Law(
                ZoneId.of(any(ZONES)),
                windows.subList(0, 3 + random.nextInt(4)),
                odds(70),
                odds(50) ? 30 : 0,
                odds(80) ? 0 : -50,
                odds(70) ? 180 : 31,
                odds(85) ? 30 : 0,
                odds(15),
                odds(30),
                1 + random.nextInt(12),
                partial(),
                Map.of(
                        "wootric/31",
                        "NPS",
                        "wootric/32",
                        "NPS",
                        "wootric/77",
                        "CSAT",
                        "wootric/78",
                        "CES",
                        "files/31",
                        "NPS"),
                odds(20)
                        ? List.of()
                        : odds(70) ? List.of(named("service")) : List.of(named("service"), named("support")));
    }

    /** Half of all lives know nothing of it; in others the sources may differ. */
    private Map<String, String> partial() {
        Map<String, String> partial = new TreeMap<>();
        for (String source : odds(50) ? List.<String>of() : Replay.SOURCES) {
            if (odds(80)) {
                partial.put(source, odds(60) ? "after_12h" : "completed_only");
            }
        }
        return partial;
    }

    private Law.Named named(String name) {
        List<Law.Asked> metrics = new ArrayList<>();
        for (String metric : odds(50) ? List.of("CSAT", "CES") : odds(50) ? List.of("CES", "CSAT") : List.of("CSAT")) {
            int dissatisfied = random.nextInt(6);
            metrics.add(new Law.Asked(metric, dissatisfied + 1 + random.nextInt(4), dissatisfied));
        }
        int poor = any(new Integer[] {60, 50, 1, 0});
        return new Law.Named(
                name, metrics, any(WINDOWS), poor + any(new Integer[] {0, 20, 40}), poor, odds(70) ? 180 : 31);
    }

    /** A rule that weighs at most everything that can be known; null for none. */
    Law.Composite weighed() {
        List<String> names = new ArrayList<>(List.of("nps", "usage", "plan", "seats"));
        Collections.shuffle(names, random);
        List<Law.Input> inputs = new ArrayList<>();
        int left = 100;
        for (String name : names.subList(0, 1 + random.nextInt(4))) {
            int weight = odds(40) ? left : 1 + random.nextInt(left);
            inputs.add(input(name, weight));
            left -= weight;
            if (left == 0) {
                break;
            }
        }
        Law.Input last = inputs.remove(inputs.size() - 1);
        inputs.add(input(last.name(), last.weight() + left));
        int poor = any(new Integer[] {0, 20, 40, 50});
        return new Law.Composite(
                any(WINDOWS),
                poor + any(new Integer[] {0, 30, 50}),
                poor,
                any(new Integer[] {0, 30, 50, 80, 100}),
                List.copyOf(inputs));
    }

    private Law.Input input(String name, int weight) {
        return switch (name) {
            case "usage" ->
                odds(70)
                        ? new Law.Input(name, weight, "0", "100", null)
                        : new Law.Input(name, weight, "100", "-5.5", null);
            case "seats" -> new Law.Input(name, weight, "0", "3", null);
            case "plan" ->
                new Law.Input(
                        name, weight, null, null, new TreeMap<>(Map.of("enterprise", "1", "team", "0.5", "free", "0")));
            default -> new Law.Input(name, weight, null, null, null);
        };
    }

    private boolean odds(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T any(T[] all) {
        return all[random.nextInt(all.length)];
    }
}
