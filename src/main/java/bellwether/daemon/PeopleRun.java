package bellwether.daemon;

import bellwether.crm.PeopleReader;
import bellwether.nps.Fault;
import bellwether.store.Pauses;
import bellwether.store.Runs;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs that read the directory, as the route {@code people} asks for them. */
public final class PeopleRun {
    private static final Logger LOG = LoggerFactory.getLogger(PeopleRun.class);

    private final String connection;
    private final PeopleReader reader;
    private final Runs runs;
    private final Pauses pauses;
    private final BiConsumer<String, Instant> wake;
    private final Clock clock;
    private final AtomicReference<String> cause = new AtomicReference<>();

    PeopleRun(
            String connection,
            PeopleReader reader,
            Runs runs,
            Pauses pauses,
            BiConsumer<String, Instant> wake,
            Clock clock) {
        this.connection = connection;
        this.reader = reader;
        this.runs = runs;
        this.pauses = pauses;
        this.wake = wake;
        this.clock = clock;
    }

    /** Says who asked for the next run: {@code rest} or {@code command}. */
    public void because(String who) {
        cause.set(who);
    }

    /** Reads what has changed among contacts and accounts; everything at the first time. */
    public void read() {
        String who = cause.getAndSet(null);
        if (pauses.of(connection).isPresent()) {
            LOG.info("{}: paused, nobody is read", connection);
            return;
        }
        long start = clock.millis();
        long run = runs.begin(connection, "people", who == null ? "schedule" : who);
        PeopleReader.Result result;
        try {
            result = reader.read();
        } catch (RuntimeException e) {
            result = new PeopleReader.Result(0, 0, Broken.fault("people", e));
        }
        Fault fault = result.fault();
        String status = fault == null
                ? "ok"
                : fault instanceof Fault.Config ? "paused" : fault instanceof Fault.Transient ? "waiting" : "failed";
        runs.end(connection, run, status, fault);
        LOG.info(
                "{}: people {}, {} records read, {} differ, in {} ms",
                connection,
                status,
                result.read(),
                result.changed(),
                clock.millis() - start);
        if (fault == null) {
            return;
        }
        LOG.warn("{}: {}: {} {}", connection, fault.code(), fault.message(), fault.advice());
        if (fault instanceof Fault.Config) {
            pauses.pause(connection, fault.code(), fault.message() + " " + fault.advice());
        } else {
            Instant until = fault instanceof Fault.Transient t && t.notBefore() != null
                    ? t.notBefore()
                    : clock.instant().plusSeconds(60);
            wake.accept(connection, until);
        }
    }
}
