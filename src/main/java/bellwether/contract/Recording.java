package bellwether.contract;

import bellwether.http.Caller;
import bellwether.http.Sender;
import bellwether.mapping.Configuration;
import bellwether.mapping.ToolSettings;
import bellwether.nps.Fault;
import bellwether.source.Connection;
import bellwether.source.Run;
import bellwether.source.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a live tool answers to a short run of its connection, kept in memory. The run is the usual one, its log-in, paging, people,
 * exports and sends included, but every list is short. Nothing of it can be had but {@link #scrubbed}.
 */
public final class Recording {
    private static final int LARGEST_PAGE = 100;

    /**
     * How much of each list.
     *
     * @param page rows asked for at once, at most
     * @param rows kept at most
     * @param pages read at most
     */
    public record Size(int page, int rows, int pages) {
        /** So many rows, in two pages where the tool has pages. */
        public static Size rows(int rows) {
            return new Size((rows + 1) / 2, rows, Integer.MAX_VALUE);
        }

        /** So many pages of the usual size, which is taken to be no more than 100. */
        public static Size pages(int pages) {
            return new Size(LARGEST_PAGE, pages * LARGEST_PAGE, pages);
        }
    }

    private final Connection connection;
    private final Instant now;
    private final ZoneId zone;
    private final Recorder recorder;
    private final Run run;

    /**
     * @param live as it is configured
     * @param surveys that are read, by id, where the tool is asked survey by survey; of none the first three
     */
    public Recording(Connection live, Size most, Set<String> surveys, Clock clock, ZoneId zone) {
        this.connection = new Connection(shortened(live.settings(), most.page()), live.tool());
        this.now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        this.zone = zone;
        this.recorder = new Recorder(connection, new Cut(live.tool(), most, surveys));
        this.run = new Run(recorder);
    }

    private static ToolSettings shortened(ToolSettings live, int page) {
        return new ToolSettings(
                live.name(),
                live.tool(),
                live.source(),
                live.follows(),
                live.enabled(),
                live.baseUrl(),
                live.loginUrl(),
                live.settings(),
                live.schedule(),
                live.backfillMonths(),
                List.of(),
                live.pageSize() == null ? Integer.valueOf(page) : Integer.valueOf(Math.min(page, live.pageSize())),
                live.npsSurveys(),
                live.csatSurveys(),
                live.cesSurveys(),
                live.acceptPartial(),
                live.requestsPerMinute(),
                live.requestsPerDay(),
                live.timeout(),
                live.proxy(),
                live.caFile(),
                live.files());
    }

    /** The connection as it is read here. */
    public Connection connection() {
        return connection;
    }

    /** Listens to the wire of the connection. */
    public Sender around(Sender wire) {
        return recorder.around(wire);
    }

    /**
     * Reads.
     *
     * @param caller whose calls go over the wire listened to
     * @param pause waits that long for an export
     * @return what stopped it, or null
     */
    public Fault pull(Caller caller, Consumer<Duration> pause) {
        run.patiently(connection, caller, now, zone, pause);
        return run.stops().stream()
                .filter(step -> !Run.harmless(step))
                .map(step -> step instanceof Step.Pause stopped ? stopped.fault() : ((Step.Wait) step).fault())
                .findFirst()
                .orElse(null);
    }

    /** True if there is no response in it. */
    public boolean empty() {
        return run.responses().isEmpty() && run.setAside().isEmpty();
    }

    /** The same without secrets, people and texts. */
    public Scrubbed scrubbed(Configuration configuration) {
        return new Scrubbed(configuration, connection, recorder, now, zone);
    }
}
