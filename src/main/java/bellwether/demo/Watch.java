package bellwether.demo;

import bellwether.daemon.Daemon;
import bellwether.match.Matcher;
import bellwether.source.Position;
import bellwether.store.Acts;
import bellwether.store.Ledger;
import bellwether.store.People;
import bellwether.store.Positions;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Targets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What a store says of the work on it, whichever process does that.
 *
 * @param tool the name of the connection that is read
 * @param files whether those put there are taken in
 */
record Watch(
        String tool,
        BooleanSupplier files,
        People people,
        Positions positions,
        Runs runs,
        Refresh refresh,
        Targets targets,
        Acts acts) {
    static Watch of(Daemon daemon, SurveyTool tool) {
        return new Watch(
                tool.name,
                tool::filesTaken,
                daemon.ledger().people(),
                daemon.positions(),
                daemon.runs(),
                daemon.refresh(),
                daemon.targets(),
                daemon.acts());
    }

    static Watch of(Store store, SurveyTool tool, Clock clock) {
        var ledger = new Ledger(store, clock, new Matcher(List.of()), List.of());
        return new Watch(
                tool.name,
                tool::filesTaken,
                ledger.people(),
                new Positions(store),
                new Runs(store, clock),
                new Refresh(store, clock, List.of()),
                new Targets(store, clock),
                new Acts(store, clock));
    }

    /** The numbers of the newest runs: what begins later has higher ones. */
    Map<String, Long> newest() {
        Map<String, Long> newest = new HashMap<>();
        for (String connection : List.of(tool, "salesforce")) {
            newest.put(connection, runs.last(connection).map(Runs.Run::number).orElse(0L));
        }
        return newest;
    }

    /** True when runs that began after these have ended, and everything they brought is counted and told. */
    boolean settled(Map<String, Long> since) {
        return people.isComplete()
                && ended("salesforce", since)
                && ended(tool, since)
                && backfilled()
                && positions.backfilling().isEmpty()
                && files.getAsBoolean()
                && refresh.backlog() == 0
                && owed() == 0;
    }

    /** What {@link #settled} still waits for when everything read is counted and told. */
    String waitsFor(Map<String, Long> since) {
        return !files.getAsBoolean()
                ? "the file of those who were asked"
                : !positions.backfilling().isEmpty()
                        ? "a backfill"
                        : !people.isComplete() || !ended("salesforce", since)
                                ? "the people of Salesforce"
                                : !ended(tool, since) ? "a run" : "nothing more";
    }

    private boolean ended(String connection, Map<String, Long> since) {
        long before = since.get(connection);
        return runs.last(connection)
                .filter(run -> run.number() > before + 1 || run.number() > before && run.endedAt() != null)
                .isPresent();
    }

    /** Why the tool is not read any more, or null. */
    String paused() {
        return runs.last(tool)
                .filter(run -> "paused".equals(run.status()) && run.fault() != null)
                .map(Runs.Run::fault)
                .orElse(null);
    }

    boolean backfilled() {
        return positions.positions(tool).stream()
                .anyMatch(p -> p.scan().equals(Position.BACKFILL) && p.parent().isEmpty() && !p.open());
    }

    long owed() {
        return Stream.of(targets.counts("salesforce"), acts.counts("salesforce"))
                .flatMap(counts -> counts.entrySet().stream())
                .filter(e -> e.getKey().endsWith("/owed"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
