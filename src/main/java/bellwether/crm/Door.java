package bellwether.crm;

import bellwether.mapping.CrmSettings;
import bellwether.nps.Fault;
import bellwether.store.Pauses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether one CRM may be written to now, shared by all that write to it. */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(15);

    private final CrmSettings settings;
    private final Pauses pauses;
    private final Schema schema;
    private final Clock clock;
    private volatile Instant notBefore = Instant.MIN;
    private volatile Instant described = Instant.MIN;
    private volatile Fault fault;

    public Door(CrmSettings settings, Pauses pauses, Schema schema, Clock clock) {
        this.settings = settings;
        this.pauses = pauses;
        this.schema = schema;
        this.clock = clock;
    }

    /** False while writing is off, waits or is paused. Asks the CRM for its fields, once and as long as some are missing. */
    boolean open() {
        Instant now = clock.instant();
        if (settings.push() != CrmSettings.Push.ON
                || now.isBefore(notBefore)
                || pauses.of(settings.name()).isPresent()) {
            return false;
        }
        if (schema.known() && (schema.complaints().isEmpty() || now.isBefore(described.plus(LOOK_AGAIN)))) {
            return true;
        }
        Fault failure = schema.read();
        if (failure != null) {
            shut(failure);
            return false;
        }
        described = now;
        return true;
    }

    /** Waits as the fault says, or pauses the connection where a person must act. */
    void shut(Fault failure) {
        fault = failure;
        if (failure instanceof Fault.Config) {
            pauses.pause(settings.name(), failure.code(), failure.message() + " " + failure.advice());
            LOG.warn("{}: paused, {}: {} {}", settings.name(), failure.code(), failure.message(), failure.advice());
            return;
        }
        Instant until = failure instanceof Fault.Transient t && t.notBefore() != null
                ? t.notBefore()
                : clock.instant().plus(WAIT).truncatedTo(ChronoUnit.MILLIS);
        notBefore = until;
        LOG.warn(
                "{}: waiting until {}, {}: {} {}",
                settings.name(),
                until,
                failure.code(),
                failure.message(),
                failure.advice());
    }

    /** Shuts once for a batch that was not answered, however many rows it has. */
    void shutFor(List<Writing.Result> results) {
        results.stream()
                .filter(Writing.Result.Unanswered.class::isInstance)
                .map(Writing.Result.Unanswered.class::cast)
                .findFirst()
                .ifPresent(unanswered -> shut(unanswered.fault()));
    }

    /** The fault that keeps this CRM from being told, or null. */
    Fault fault() {
        return clock.instant().isBefore(notBefore) ? fault : null;
    }
}
