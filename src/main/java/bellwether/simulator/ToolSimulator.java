package bellwether.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A survey tool on 127.0.0.1 that shows a made-up company, and the truth about what it shows. */
public interface ToolSimulator extends AutoCloseable {
    /** Where it listens, without the path of its API. */
    String host();

    /** Calls per endpoint. */
    Map<String, Long> calls();

    /** Every answer as this tool tells it now. */
    List<Told> told();

    /** Every survey that was sent up to now: by e-mail, or by any way where the tool itself lists who was asked. */
    List<Sent> sent();

    /** When it says of its people that it last asked them, by their e-mail addresses; nothing if it says no such thing. */
    Map<String, Instant> lastSurveyed();

    @Override
    void close();
}
