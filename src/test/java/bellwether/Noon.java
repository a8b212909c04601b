package bellwether;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A time zone in which it is about noon now, so that no test sees the day change. */
public final class Noon {
    public static ZoneId zone() {
        int hour = Instant.now().atOffset(ZoneOffset.UTC).getHour();
        int ahead = Math.floorMod(12 - hour + 12, 24) - 12;
        // these names count the other way round: Etc/GMT-3 is three hours ahead
        return ZoneId.of("Etc/GMT" + (ahead > 0 ? "-" + ahead : "+" + -ahead));
    }

    private Noon() {}
}
