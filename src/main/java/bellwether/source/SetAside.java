package bellwether.source;

import bellwether.nps.Fault;

/**
 * A record that could not be used, kept as it came so that it can be replayed.
 *
 * @param kind {@code response} or {@code respondent}
 * @param id the tool's own, or null if it could not be read
 * @param raw JSON; holds whatever the person wrote, so it belongs in no log
 */
public record SetAside(Fault.Record fault, String kind, String id, String raw) {
    @Override
    public String toString() {
        return "SetAside[" + kind + " " + id + ", " + fault.code() + "]";
    }
}
