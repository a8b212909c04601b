package bellwether.daemon;

import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.Course;
import bellwether.source.Plan;
import bellwether.source.Position;
import bellwether.source.Puller;
import bellwether.source.SetAside;
import bellwether.source.Step;
import bellwether.store.DeadLetters;
import bellwether.store.Delivery;
import bellwether.store.Pauses;
import bellwether.store.Positions;
import bellwether.store.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one connection, as the route {@code pull} asks for them: what to read is planned when a run begins, pages are gathered
 * until they are worth a transaction, and a wait or a refusal ends the run with the position it may go on from.
 */
public final class Pull {
    private static final Logger LOG = LoggerFactory.getLogger(Pull.class);

    private final Connection connection;
    private final Function<Connection, Puller> pullers;
    private final Positions positions;
    private final Runs runs;
    private final Pauses pauses;
    private final BiConsumer<String, Instant> wake;
    private final Clock clock;
    private final ZoneId zone;
    private final AtomicReference<String> cause = new AtomicReference<>();

    private Puller puller;
    private Course course;
    private Position position;
    private long run;
    private Instant began;
    private long rows;
    private long setAside;
    private long skipped;
    private Fault fault;
    private boolean patient;
    private Instant until;
    private boolean over = true;
    private volatile boolean stopping;

    /** @param wake runs a connection (by name) again at an instant */
    Pull(
            Connection connection,
            Function<Connection, Puller> pullers,
            Positions positions,
            Runs runs,
            Pauses pauses,
            BiConsumer<String, Instant> wake,
            Clock clock,
            ZoneId zone) {
        this.connection = connection;
        this.pullers = pullers;
        this.positions = positions;
        this.runs = runs;
        this.pauses = pauses;
        this.wake = wake;
        this.clock = clock;
        this.zone = zone;
    }

    /** Says who asked for the next run: {@code rest} or {@code command}. */
    public void because(String who) {
        cause.set(who);
    }

    /** Plans a run. Afterwards {@link #more()} says whether there is anything to read. */
    public void begin() {
        String who = cause.getAndSet(null);
        over = true;
        run = 0;
        if (pauses.of(connection.name()).isPresent()) {
            LOG.info("{}: paused, nothing is read", connection.name());
            return;
        }
        Instant now = clock.instant();
        List<Position> stored = positions.positions(connection.name());
        positions.requestedBackfill(connection.name()).ifPresent(since -> {
            Position known = stored.stream()
                    .filter(p ->
                            p.scan().equals(Position.BACKFILL) && p.parent().isEmpty())
                    .findFirst()
                    .orElse(null);
            positions.grantBackfill(Plan.backfill(connection, known, since, now), clock.millis());
        });
        Plan plan = Plan.of(connection, positions.positions(connection.name()), now, zone);
        if (plan.notBefore() != null) {
            LOG.info("{}: waits until {}", connection.name(), plan.notBefore());
            wake.accept(connection.name(), plan.notBefore());
            return;
        }
        run = runs.begin(connection.name(), "pull", who == null ? "schedule" : who);
        puller = pullers.apply(connection);
        course = new Course(connection, puller, plan, () -> positions.positions(connection.name()), now, zone);
        position = course.next();
        began = now;
        rows = 0;
        setAside = 0;
        skipped = 0;
        fault = null;
        patient = false;
        until = null;
        over = position == null;
    }

    /** Ends the run under way after the page it is at; the next start goes on from there. */
    void stop() {
        stopping = true;
    }

    /** True while the run has more to read. */
    public boolean more() {
        return !over && !stopping;
    }

    /** Reads pages until they are about a thousand rows, or a quarter of a second has passed; may be empty at the end of a run. */
    public Delivery next() {
        LOG.debug("{}: reading", connection.name());
        var gathered = new Gathering(connection, clock.instant());
        boolean backfill = position.scan().equals(Position.BACKFILL);
        while (more() && !gathered.enough(clock.instant())) {
            Instant read = position.coveredUntil();
            Step step = puller.next(position);
            position = step.position();
            if (step instanceof Step.Page page) {
                gathered.add(page, read);
            } else if (step instanceof Step.Wait && stopping) {
                break; // a call given up because of the stop is no reason to wait after the next start
            } else if (step instanceof Step.Wait wait) {
                gathered.moved(position);
                if (wait.until().isAfter(clock.instant())) {
                    fault = wait.fault();
                    patient = wait.patient();
                    until = wait.until();
                    over = true;
                }
            } else if (step instanceof Step.Pause pause) {
                fault = pause.fault();
                over = true;
            } else {
                if (step instanceof Step.Skip skip) {
                    LOG.warn(
                            "{}: survey {} left out: {}",
                            connection.name(),
                            position.parent(),
                            skip.fault().message());
                    course.skip(skip);
                } else {
                    gathered.moved(position);
                }
                if (!onwards(gathered) || backfill != position.scan().equals(Position.BACKFILL)) {
                    break;
                }
            }
        }
        rows += gathered.responses();
        setAside += gathered.setAside();
        skipped += gathered.skipped();
        Delivery delivery = gathered.delivery(run, backfill);
        LOG.debug(
                "{}: read {} responses, {} people",
                connection.name(),
                gathered.responses(),
                delivery.respondents().size());
        return delivery;
    }

    /** On to the next scan; false if there is none, and the run is over. */
    private boolean onwards(Gathering gathered) {
        Position next = course.next();
        Position begun = course.begun();
        if (begun != null) {
            gathered.moved(begun);
        }
        over = next == null;
        if (over) {
            fault = course.refusal();
        } else {
            position = next;
        }
        return !over;
    }

    /** Ends the run: writes down how it went and sees to it that a wait is followed by another run. */
    public void end() {
        if (run == 0) {
            return;
        }
        String status = fault == null
                ? !over ? "broken_off" : setAside > 0 ? "partial" : "ok"
                : fault instanceof Fault.Config ? "paused" : fault instanceof Fault.Transient ? "waiting" : "failed";
        runs.end(connection.name(), run, status, fault);
        LOG.info(
                "{}: run {} {}, {} responses read, {} set aside, {} skipped, in {} ms",
                connection.name(),
                run,
                status,
                rows,
                setAside,
                skipped,
                Duration.between(began, clock.instant()).toMillis());
        if (fault instanceof Fault.Config) {
            pauses.pause(connection.name(), fault.code(), fault.message() + " " + fault.advice());
        }
        if (patient) {
            LOG.info("{}: {}", connection.name(), fault.message());
        } else if (fault != null) {
            LOG.warn("{}: {}: {} {}", connection.name(), fault.code(), fault.message(), fault.advice());
        }
        if (until != null) {
            wake.accept(connection.name(), until);
        }
        run = 0;
    }

    /** Notes what broke the run off from our side, such as a store that cannot be written. */
    public void failed(Throwable thrown) {
        fault = Broken.fault("accept", thrown);
        over = true;
    }

    /** A record to be set aside, as it was read by a step. */
    static DeadLetters.Letter letter(String connection, String step, SetAside one) {
        return new DeadLetters.Letter(
                connection,
                step,
                one.kind() + ":"
                        + (one.id() == null
                                ? "?" + Integer.toHexString(one.raw().hashCode())
                                : one.id()),
                one.fault().code(),
                one.fault().message(),
                one.fault().advice(),
                one.raw(),
                null);
    }
}
