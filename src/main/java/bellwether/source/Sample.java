package bellwether.source;

import bellwether.http.Caller;
import bellwether.mapping.FieldRule;
import bellwether.mapping.Row;
import bellwether.mapping.Word;
import bellwether.nps.Fault;
import bellwether.nps.Respondent;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A few records of a tool as they come, and what is read of each; nothing is kept. The tool is asked as in any run. */
public final class Sample {
    private static final Duration RECENT = Duration.ofDays(31);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int PAGES = 20;

    /** A value and the place it stands at. */
    public record Cell(Object value, String place) {}

    /**
     * One record.
     *
     * @param taken false if the tool's file leaves it out
     * @param words what could be read, in the order of the tool's file
     * @param fault why it is no response, or null
     * @param respondent the tool's id of the person, or null
     * @param person as far as the record or the tool says, or null
     */
    public record Line(
            JsonNode record,
            boolean taken,
            Map<String, Cell> words,
            Fault.Record fault,
            String respondent,
            Respondent person) {

        static Line of(
                JsonNode record, boolean taken, Records.Read<?> read, Map<Word, FieldRule> map, Records records) {
            Map<String, Cell> words = new LinkedHashMap<>();
            Row row = read.row();
            map.forEach((word, rule) -> words.put(word.word(), new Cell(row.value(word), PlaceText.of(rule, record))));
            Respondent inline = records.inline(row);
            String id = inline != null ? inline.id() : row.text(Word.RESPONDENT);
            Fault.Record fault =
                    read.setAside() == null ? null : read.setAside().fault();
            return new Line(record, taken, words, fault, id, inline);
        }

        static Line broken(FileRow row) {
            var fault = new Fault.Record("file", "ROW_BROKEN", row.broken(), "Correct line " + row.line() + ".");
            return new Line(row.record(), true, Map.of(), fault, null, null);
        }

        private Line knowing(Respondent who) {
            return new Line(record, taken, words, fault, respondent, who);
        }
    }

    /**
     * @param lines what was answered
     * @param sends who was asked; null where the tool has no list of that, or nobody looked
     * @param fault what kept it from more, or null
     */
    public record Result(List<Line> lines, List<Line> sends, Fault fault) {}

    private final Connection connection;
    private final Clock clock;
    private final Consumer<Duration> pause;
    private final int limit;
    private final Puller puller;
    private final List<Line> lines = new ArrayList<>();
    private final List<Line> sends = new ArrayList<>();
    private final Map<String, Respondent> people = new LinkedHashMap<>();
    private Instant patience;
    private List<Line> wanted = lines;

    private Sample(Connection connection, Caller caller, Clock clock, int limit, Consumer<Duration> pause) {
        this.connection = connection;
        this.clock = clock;
        this.limit = limit;
        this.pause = pause;
        var records = new Records(connection, clock);
        this.puller = new Puller(connection, caller, (source, ids) -> Map.of(), clock, limit)
                .watched((record, taken, read) -> {
                    Tool tool = connection.tool();
                    var map = (wanted == sends ? tool.sends() : tool.responses()).map();
                    if (wanted.size() < limit && !(read.value() instanceof Respondent)) {
                        wanted.add(Line.of(record, taken, read, map, records));
                    }
                });
    }

    /**
     * Asks for the responses of the last month, or where there are none for those of a first run, survey by survey if the tool is asked so;
     * an export is waited for. Then, where the tool says so, for those who were asked.
     *
     * @param pause waits that long
     */
    public static Result of(Connection connection, Caller caller, Clock clock, int limit, Consumer<Duration> pause) {
        return new Sample(connection, caller, clock, limit, pause).run();
    }

    private Result run() {
        Instant to = clock.instant().minus(connection.lag()).truncatedTo(ChronoUnit.SECONDS);
        patience = clock.instant().plus(PATIENCE);
        Fault fault = null;
        if (connection.tool().parents() != null) {
            fault = read(Position.open(connection.name(), Position.PARENTS, Instant.EPOCH, to), Integer.MAX_VALUE);
        }
        Tool tool = connection.tool();
        if (fault == null) fault = recent(tool.responses(), Position.INCREMENTAL, to);
        if (fault == null && tool.sends() != null) {
            wanted = sends;
            fault = recent(tool.sends(), Position.SENDS, to);
        }
        if (fault == null) fault = persons(to);
        return new Result(known(lines), tool.sends() == null ? null : known(sends), fault);
    }

    private List<Line> known(List<Line> all) {
        return all.stream()
                .map(line -> people.containsKey(line.respondent) && line.person == null
                        ? line.knowing(people.get(line.respondent))
                        : line)
                .toList();
    }

    private Fault recent(Tool.Stream stream, String scan, Instant to) {
        Fault fault = null;
        for (int days : new int[] {(int) RECENT.toDays(), connection.settings().backfillMonths() * 31}) {
            if (fault == null && wanted.isEmpty()) fault = read(stream, scan, to.minus(Duration.ofDays(days)), to);
        }
        return fault;
    }

    private Fault read(Tool.Stream stream, String scan, Instant from, Instant to) {
        Position all = Position.open(connection.name(), scan, from, to);
        if (connection.tool().parents() == null || !stream.perParent()) return read(all, PAGES);
        Fault last = null;
        for (String parent : puller.parents()) {
            if (wanted.size() >= limit) return null;
            Fault fault = read(all.of(parent), PAGES);
            if (fault != null) last = fault;
        }
        return wanted.isEmpty() ? last : null;
    }

    /** Where people are only to be had as a list, as much of it as is needed. */
    private Fault persons(Instant to) {
        Tool.Stream stream = connection.tool().respondents();
        boolean list = stream != null && stream.path() != null && stream.one() == null && stream.batch() == null;
        if (!list || met()) return null;
        return read(Position.open(connection.name(), Position.PERSONS, Instant.EPOCH, to), PAGES);
    }

    private boolean met() {
        return Stream.concat(lines.stream(), sends.stream())
                .allMatch(
                        line -> line.respondent == null || line.person != null || people.containsKey(line.respondent));
    }

    /** Reads pages until there is enough; the fault that stopped it, or null. */
    private Fault read(Position scan, int pages) {
        Position position = scan;
        for (int page = 0; page < pages; page++) {
            Step step = puller.next(position);
            position = step.position();
            if (step instanceof Step.Page read) {
                read.respondents().forEach(person -> people.put(person.id(), person));
                if (enough(scan.scan())) return null;
            } else if (step instanceof Step.Done) {
                return null;
            } else if (step instanceof Step.Pause stopped) {
                return stopped.fault();
            } else if (step instanceof Step.Skip skipped) {
                return skipped.fault();
            } else if (step instanceof Step.Wait wait) {
                Duration left = Duration.between(clock.instant(), wait.until());
                if (!wait.patient() && !left.isNegative() && !left.isZero()
                        || wait.until().isAfter(patience)) return wait.fault();
                if (!left.isNegative()) pause.accept(left);
            }
        }
        return null;
    }

    private boolean enough(String scan) {
        return switch (scan) {
            case Position.PARENTS -> false;
            case Position.PERSONS -> met();
            default -> wanted.size() >= limit;
        };
    }
}
