package bellwether.daemon;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notices that were refused at a connection's address: said at most once a minute, lest a stranger fill the log. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final String connection;
    private final Clock clock;
    private Instant next = Instant.MIN;
    private int unsaid;

    Refusals(String connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    synchronized void add() {
        unsaid++;
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        LOG.warn(
                "{}: {} refused: the signature, token or address is not the one that is set; said once a minute at most",
                connection,
                unsaid == 1 ? "a notice was" : unsaid + " notices were");
        unsaid = 0;
        next = now.plus(SILENCE);
    }
}
