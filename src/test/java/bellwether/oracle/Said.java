package bellwether.oracle;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One thing that is said of an account.
 *
 * @param value without the reason
 * @param since as told when it was first seen to be so, and kept as long as it is
 * @param seen when somebody looked last
 */
public record Said(String name, String value, String reason, Instant since, Instant seen) {
    /** @param known what was said when somebody looked last; null for nothing */
    static Said now(Standing standing, String name, Instant now, Said known) {
        LocalDate today = LocalDate.ofInstant(now, standing.zone());
        String said = standing.on(name, today);
        String value = Standing.value(said);
        // fields of a CRM have no date from which they hold
        Instant since = known != null && known.value().equals(value)
                ? known.since()
                : name.equals(Standing.COMPOSITE) ? now : standing.since(name, today);
        return new Said(name, value, said.substring(said.indexOf(':') + 2), since, now);
    }

    /** What has happened if this is said after the other, or after nothing: a change, or a fall; null if nothing has. */
    Signs.Event event(String account, Said known, World world) {
        boolean falling = name.equals(Standing.FALLING);
        // nobody is told what a new rule says otherwise than the old one
        boolean ruled = name.equals(Standing.COMPOSITE)
                ? known != null && known.seen().isBefore(world.weighedSince)
                : world.waitsSince != null && since.isBefore(world.waitsSince);
        if (ruled || (known == null ? !falling : known.value().equals(value))) {
            return null;
        } else if (falling) {
            return value.equals("true") ? event(name, name, account, world) : null;
        }
        String change = known.value() + "_to_" + value;
        return event(name + ":" + change, change, account, world);
    }

    private Signs.Event event(String what, String value, String account, World world) {
        return new Signs.Event(what + ":account:" + account + ":" + world.now, name, value, reason, since, null);
    }

    @Override
    public String toString() {
        return value + ": " + reason + " since " + since;
    }
}
