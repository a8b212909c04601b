package bellwether.admin;

import bellwether.match.Match;
import bellwether.store.WaitingRoom;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The waiting room: who answered and has no contact (yet), and why. */
public final class WaitingResource {
    private static final List<String> CAUSES = List.of(
            Match.DIRECTORY_NOT_READ,
            Match.NO_EMAIL,
            Match.UNKNOWN_EMAIL,
            Match.ONE_EMAIL_TWO_CONTACTS,
            Match.ONE_EMAIL_TWO_ACCOUNTS);

    /**
     * One respondent.
     *
     * @param respondent {@code source:id}
     * @param email masked: {@code a…@acme.test}
     * @param account the account that the responses count for all the same, or null
     * @param since when this cause was found
     */
    public record Waiting(
            String respondent,
            String status,
            String cause,
            String email,
            String account,
            long responses,
            Instant since) {}

    /** @param causes how many wait for which cause, whatever is asked for */
    public record Room(Map<String, Long> causes, List<Waiting> items, String next) {}

    private final WaitingRoom room;
    private final Parts parts;

    public WaitingResource(Parts parts) {
        this.room = new WaitingRoom(parts.store());
        this.parts = parts;
    }

    /** The newest first, for all causes or one. */
    public Room list(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String cause = ask.value("cause", WaitingResource::cause, null);
        Long before = ask.number("before");
        int limit = ask.limit();
        ask.done();
        Page<Waiting> page = Page.of(
                ask, room.page(cause, before, limit + 1), limit, "before", WaitingRoom.Guest::id, this::waiting);
        return new Room(room.causes(), page.items(), page.next());
    }

    private Waiting waiting(WaitingRoom.Guest guest) {
        return new Waiting(
                guest.respondent(),
                guest.status(),
                guest.cause(),
                masked(guest.email()),
                guest.account() == null ? null : parts.account(guest.account()),
                guest.responses(),
                guest.since());
    }

    /** The first character and the domain: enough to find the person in the tool, too little to write to. */
    static String masked(String email) {
        if (email == null) {
            return null;
        }
        int at = email.lastIndexOf('@');
        return at < 1 ? "…" : email.substring(0, email.offsetByCodePoints(0, 1)) + "…" + email.substring(at);
    }

    private static String cause(String text) {
        if (!CAUSES.contains(text)) {
            throw new IllegalArgumentException("It must be one of " + String.join(", ", CAUSES) + ".");
        }
        return text;
    }
}
