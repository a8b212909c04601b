package bellwether.bench;

import bellwether.store.Store;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What refreshing costs: {@code mvn -Pbench -Dbench.class=bellwether.bench.Cost}, {@code -Dresponses=100000},
 * {@code -Dbench.engine=postgresql}. A ledger of so many responses, 50 to an account, beside one ten times as large, taken in turn: the
 * same change should cost the same in both. Then all computed anew, beside a loop over the same responses in memory; a day that passes;
 * and accounts of which one holds them all.
 */
public final class Cost {
    private static final int CHANGED = 1000;
    private static final int ROUNDS = 7;

    private final Path folder;
    private final EmbeddedPostgres server;
    private int databases;

    private Cost(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    public static void main(String[] arguments) throws IOException {
        int responses = Integer.getInteger("responses", 100_000);
        String engine = System.getProperty("bench.engine", "sqlite");
        Path folder = Files.createTempDirectory("bellwether-cost");
        try (EmbeddedPostgres server = engine.equals("postgresql") ? EmbeddedPostgres.start() : null) {
            System.out.printf("%s%n", engine);
            Cost cost = new Cost(folder, server);
            cost.sizes(responses, 10 * responses);
            cost.oneAccount(responses / 10, responses);
        } finally {
            try (var files = Files.walk(folder)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private Store store() {
        String name = "cost" + ++databases;
        if (server == null) {
            return Store.open("jdbc:sqlite:" + folder.resolve(name + ".db"), null, null);
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return Store.open(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }

    private void sizes(int few, int many) {
        try (BigLedger small = new BigLedger(store(), few, 50, 10);
                BigLedger large = new BigLedger(store(), many, 50, 10)) {
            for (BigLedger ledger : List.of(small, large)) {
                double filled = seconds(ledger::fill);
                double first = seconds(ledger::refresh);
                double again = seconds(ledger::recompute) + seconds(ledger::refresh);
                double plain = Math.min(seconds(() -> plain(ledger)), seconds(() -> plain(ledger)));
                System.out.printf(
                        "%,9d responses: accepted %,.0f/s, computed first %,.0f/s, anew %,.0f/s; a loop in memory %,.0f/s%n",
                        ledger.size,
                        ledger.size / filled,
                        ledger.size / first,
                        ledger.size / again,
                        ledger.size / plain);
            }
            List<double[]> accepted = new ArrayList<>();
            List<double[]> refreshed = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                accepted.add(new double[] {seconds(() -> small.edit(CHANGED)), seconds(() -> large.edit(CHANGED))});
                refreshed.add(new double[] {seconds(small::refresh), seconds(large::refresh)});
            }
            compare(CHANGED + " changed accepted", accepted);
            compare(CHANGED + " changed refreshed", refreshed);
            for (BigLedger ledger : List.of(small, large)) {
                int[] accounts = new int[1];
                ledger.tomorrow();
                double after = seconds(() -> accounts[0] = ledger.refresh());
                System.out.printf(
                        "%,9d responses: a day passes: %,d accounts refreshed in %.1f s, %.2f ms each%n",
                        ledger.size, accounts[0], after, 1e3 * after / accounts[0]);
            }
        }
    }

    private void oneAccount(int few, int many) {
        try (BigLedger small = new BigLedger(store(), few, few, few / 5);
                BigLedger large = new BigLedger(store(), many, many, many / 5)) {
            List<double[]> refreshed = new ArrayList<>();
            for (BigLedger ledger : List.of(small, large)) {
                ledger.fill();
                ledger.refresh();
            }
            for (int round = 0; round < ROUNDS; round++) {
                small.edit(1);
                large.edit(1);
                refreshed.add(new double[] {seconds(small::refresh) * many / few, seconds(large::refresh)});
            }
            compare("one account of all, one changed (the smaller one times " + many / few + ")", refreshed);
        }
    }

    private static void compare(String what, List<double[]> pairs) {
        double small = median(pairs.stream().map(pair -> pair[0]).toList());
        double large = median(pairs.stream().map(pair -> pair[1]).toList());
        System.out.printf(
                "%s: %.0f ms and %.0f ms, ratio %.2f%n",
                what,
                1e3 * small,
                1e3 * large,
                median(pairs.stream().map(p -> p[1] / p[0]).toList()));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private record Given(int person, int score, Instant at) {}

    /** The least that could be done with the same responses: five windows, latest per person and all. */
    private static void plain(BigLedger ledger) {
        Map<Integer, List<Given>> byAccount = new HashMap<>();
        for (int n = 0; n < ledger.size; n++) {
            byAccount
                    .computeIfAbsent(ledger.accountOf(n), account -> new ArrayList<>())
                    .add(new Given(ledger.personOf(n), BigLedger.scoreOf(n), BigLedger.answeredAt(n)));
        }
        LocalDate today = LocalDate.parse("2026-11-10");
        LocalDate[][] windows = {
            {today.minusMonths(6).plusDays(1), today.plusDays(1)},
            {today.withDayOfMonth(1), LocalDate.parse("2026-12-01")},
            {LocalDate.parse("2026-10-01"), LocalDate.parse("2026-11-01")},
            {LocalDate.parse("2026-10-01"), LocalDate.parse("2027-01-01")},
            {LocalDate.parse("2026-07-01"), LocalDate.parse("2026-10-01")}
        };
        int sum = 0;
        for (List<Given> answers : byAccount.values()) {
            answers.sort(java.util.Comparator.comparing(Given::at));
            for (LocalDate[] window : windows) {
                Instant from = window[0].atStartOfDay(BigLedger.ZONE).toInstant();
                Instant to = window[1].atStartOfDay(BigLedger.ZONE).toInstant();
                Map<Integer, Given> latest = new HashMap<>();
                for (Given answer : answers) {
                    if (!answer.at().isBefore(from) && answer.at().isBefore(to)) {
                        sum += band(answer);
                        latest.put(answer.person(), answer);
                    }
                }
                for (Given answer : latest.values()) {
                    sum += band(answer);
                }
            }
        }
        if (sum == Integer.MIN_VALUE) {
            throw new IllegalStateException();
        }
    }

    private static int band(Given answer) {
        return answer.score() >= 9 ? 1 : answer.score() >= 7 ? 0 : -1;
    }
}
