package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Sent.Bare;
import java.time.Instant;

/** When the tool last asked each of its people, by whatever survey, answered or not; a survey that bounced asked nobody. */
final class LastSurveyed {
    private final Company company;
    /** Unix seconds by the index of the person; 0 is never. */
    private final long[] asked;

    /** When the tool wrote that down, which changes the person's record. */
    private final long[] noted;

    private int seen;
    private long now;

    LastSurveyed(Company company) {
        this.company = company;
        this.asked = new long[company.endUserCount()];
        this.noted = new long[company.endUserCount()];
    }

    /** The person with what is known of that. */
    synchronized EndUser of(int index, EndUser user) {
        look();
        if (asked[index] == 0) {
            return user;
        }
        Instant updated = Instant.ofEpochSecond(Math.max(user.updated().getEpochSecond(), noted[index]));
        return new EndUser(
                user.id(),
                user.email(),
                user.externalId(),
                user.properties(),
                user.created(),
                updated,
                Instant.ofEpochSecond(asked[index]),
                user.deleted());
    }

    /** Nothing that comes from here on is noted before this instant, however long before it came. */
    synchronized void notBefore(Instant instant) {
        look();
        now = instant.getEpochSecond();
    }

    private void look() {
        for (; seen < company.responseCount(); seen++) {
            for (Bare sent : Sent.along(company, seen)) {
                int person = Company.endUserIndex(sent.endUserId());
                long at = sent.at().getEpochSecond();
                if (person >= 0 && person < asked.length && !sent.bounced() && at > asked[person]) {
                    asked[person] = at;
                    noted[person] = Math.max(noted[person], Math.max(at, now));
                }
            }
        }
    }
}
