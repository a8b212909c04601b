package bellwether.source;

import bellwether.http.Caller;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import bellwether.nps.Send;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Runs a plan to its end and keeps in memory what the store would keep: for whoever only wants to see what a tool would bring. */
public final class Run implements KnownRespondents {
    private static final int MOST_WAITS = 1000;

    /** Hears what a run asks for, and may answer in place of the tool. */
    public interface Listener {
        /** Says which list is read from now on. */
        void reading(Position at);

        /** An export is waited for. */
        void waiting();

        /** For calls that ask for one thing. */
        Caller calls(Caller caller);

        /** For calls that ask for a page of a list, or the file it lies in. */
        Caller pages(Caller caller);
    }

    final List<Response> responses = new ArrayList<>();
    final Map<String, Respondent> respondents = new LinkedHashMap<>();
    final List<SetAside> setAside = new ArrayList<>();
    final Map<String, Position> positions = new LinkedHashMap<>();
    final List<Send> sends = new ArrayList<>();
    final List<Step> stops = new ArrayList<>();
    int pages;
    int repeated;
    int skipped;
    private final Listener listener;
    private final Set<String> ended = new HashSet<>();

    public Run() {
        this(null);
    }

    /** @param listener or null */
    public Run(Listener listener) {
        this.listener = listener;
    }

    public List<Response> responses() {
        return responses;
    }

    public Collection<Respondent> respondents() {
        return respondents.values();
    }

    public List<Send> sends() {
        return sends;
    }

    /** How many were accepted. */
    public int pages() {
        return pages;
    }

    /** Rows that the tool's file does not take. */
    public int skipped() {
        return skipped;
    }

    public List<SetAside> setAside() {
        return setAside;
    }

    /** How far each scan has come. */
    public List<Position> positions() {
        return List.copyOf(positions.values());
    }

    /** Whatever kept a scan from going on, harmless or not. */
    public List<Step> stops() {
        return stops;
    }

    /** Reads everything planned; after a wait that is over at once it goes on, at any other it ends. */
    public Course go(Connection connection, Caller caller, Clock clock, ZoneId zone) {
        ended.clear();
        return goOn(connection, caller, clock, zone);
    }

    private Course goOn(Connection connection, Caller caller, Clock clock, ZoneId zone) {
        Plan plan = Plan.of(connection, positions(), clock.instant(), zone);
        Puller puller = listener == null
                ? new Puller(connection, caller, this, clock)
                : new Puller(connection, listener.calls(caller), this, clock).listing(listener.pages(caller));
        Course course = new Course(connection, puller, plan, () -> positions(), clock.instant(), zone);
        for (Position scan = course.next(); scan != null; scan = course.next()) {
            if (!ended.contains(key(scan)) && !read(puller, scan, clock, course)) break;
        }
        return course;
    }

    /**
     * Reads everything planned, and goes on as long as only an export is waited for. Each list is read to its end once: while the
     * export of one survey is waited for, others would have something new again and again.
     */
    public void patiently(Connection connection, Caller caller, Instant begin, ZoneId zone) {
        patiently(connection, caller, begin, zone, wait -> {});
    }

    /** @param pause waits that long for an export */
    public void patiently(Connection connection, Caller caller, Instant begin, ZoneId zone, Consumer<Duration> pause) {
        Instant now = begin;
        ended.clear();
        for (int i = 0; i < MOST_WAITS; i++) {
            int before = stops.size();
            goOn(connection, caller, Clock.fixed(now, ZoneOffset.UTC), zone);
            Step last = stops.isEmpty() ? null : stops.get(stops.size() - 1);
            if (stops.size() == before || !(last instanceof Step.Wait wait) || !wait.patient()) return;
            if (listener != null) listener.waiting();
            pause.accept(Duration.between(now, wait.until()));
            now = wait.until();
        }
        throw new IllegalStateException("An export is waited for without an end.");
    }

    /** True for a stop that belongs to a run that is well: a parent left out, an export that is waited for or was forgotten. */
    public static boolean harmless(Step stop) {
        return stop instanceof Step.Skip
                || stop instanceof Step.Wait wait
                        && (wait.patient() || wait.fault().code().equals("EXPORT_GONE"));
    }

    /** The parents that were left out. */
    public List<String> refused() {
        return stops.stream()
                .filter(Step.Skip.class::isInstance)
                .map(step -> step.position().parent())
                .toList();
    }

    /** Reads one scan; false if it was stopped. */
    boolean read(Puller puller, Position scan, Clock clock) {
        return read(puller, scan, clock, null);
    }

    private boolean read(Puller puller, Position scan, Clock clock, Course course) {
        Position position = scan;
        while (true) {
            if (listener != null) listener.reading(position);
            Step step = puller.next(position);
            position = step.position();
            if (step instanceof Step.Skip skip) {
                course.skip(skip);
                stops.add(step);
                return true;
            }
            positions.put(key(position), position);
            if (step instanceof Step.Page page) accept(page);
            if (step instanceof Step.Done) {
                if (!position.scan().equals(Position.PARENTS)) ended.add(key(position));
                return true;
            }
            if (step instanceof Step.Page) continue;
            stops.add(step);
            if (step instanceof Step.Wait wait && !wait.until().isAfter(clock.instant())) continue;
            return false;
        }
    }

    private void accept(Step.Page page) {
        pages++;
        repeated += page.repeated();
        responses.addAll(page.responses());
        page.respondents().forEach(person -> respondents.put(person.id(), person));
        setAside.addAll(page.setAside());
        sends.addAll(page.sends());
        skipped += page.skipped();
    }

    private static String key(Position position) {
        return position.parent().isEmpty() ? position.scan() : position.parent() + " " + position.scan();
    }

    @Override
    public Map<String, Respondent> known(String source, Collection<String> ids) {
        Map<String, Respondent> known = new HashMap<>();
        for (String id : ids) if (respondents.containsKey(id)) known.put(id, respondents.get(id));
        return known;
    }
}
