package bellwether.store;

import bellwether.nps.Metric;
import java.util.Map;

/**
 * What the surveys of a source ask, as declared.
 *
 * @param named by the tool's survey id
 * @param others the metric of every survey that is not named, or null: those are stored, not counted, and reported
 */
public record Surveys(Map<String, Metric> named, Metric others) {
    public static final Surveys NONE = new Surveys(Map.of(), null);

    public Surveys {
        named = Map.copyOf(named);
    }
}
