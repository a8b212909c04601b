package bellwether.mapping;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * One tier of re-scans: how far back is read again, and how often, so that edits are found which the tool cannot be asked for.
 *
 * @param days null for everything since the start of the backfill
 */
public record Tier(Integer days, Duration every) {
    @JsonCreator
    static Tier of(@JsonProperty("days") String days, @JsonProperty("every") Duration every) {
        return new Tier(days.equals("all") ? null : Integer.valueOf(days), every);
    }

    /** The name of its scan: {@code rescan:2d}, {@code rescan:all}. */
    public String scan() {
        return "rescan:" + (days == null ? "all" : days + "d");
    }
}
