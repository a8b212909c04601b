package bellwether.simulator;

import bellwether.simulator.Company.Account;
import bellwether.simulator.Company.Contact;
import bellwether.simulator.Company.EndUser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The accounts, contacts and end users the company begins with, each computed from its index alone. The first few are set
 * pieces (see the constants), present once there are at least {@link #ENOUGH_ACCOUNTS} and {@link #ENOUGH_CONTACTS}.
 */
final class People {
    static final int ENOUGH_ACCOUNTS = 12;
    static final int ENOUGH_CONTACTS = 60;
    static final int PROMOTERS_ONLY = 0;
    static final int OLD_ONLY = 1;
    static final int SILENT = 2;
    static final int EMPTY = 3;
    static final int TWINS = 4;
    static final int LEFT_TWIN = 5;
    static final int RIGHT_TWIN = 6;
    static final int SET_PIECES = 12;
    /** The contact (and end user) indexes of the set pieces. */
    static final int FIRST_PROMOTER = 0;

    static final int OLD_PERSON = 3;
    static final int TWIN_IN_ONE = 6;
    static final int TWIN_IN_TWO = 8;
    static final int WITHOUT_ACCOUNT = 10;
    static final int CAPITALS = 11;
    private static final int[] SET_PIECE_ACCOUNT = {0, 0, 0, 1, 2, 2, 4, 4, 5, 6, -1, 4};

    final long seed;
    final int accounts;
    final int contacts;
    final boolean setPieces;
    private final Instant start;

    People(long seed, int accounts, int contacts, Instant start) {
        this.seed = seed;
        this.accounts = accounts;
        this.contacts = contacts;
        this.start = start;
        this.setPieces = accounts >= ENOUGH_ACCOUNTS && contacts >= ENOUGH_CONTACTS;
    }

    int endUsers() {
        return Math.max(1, contacts * 4 / 5);
    }

    /** End users below this index answer only where a set piece says so. */
    int firstFree() {
        return setPieces ? SET_PIECES : 0;
    }

    Account account(int i) {
        String name = Dice.pick(seed, 1, i, Words.COMPANY) + " " + Dice.pick(seed, 2, i, Words.KIND) + " " + (i + 1)
                + " " + Dice.pick(seed, 3, i, Words.FORM);
        BigDecimal revenue =
                Dice.chance(seed, 4, i, 0.08) ? null : BigDecimal.valueOf(1000L * (50 + Dice.pick(seed, 5, i, 20_000)));
        return new Account(
                i,
                accountId(i),
                name,
                owner(i),
                revenue,
                Dice.chance(seed, 201, i, 0.06) ? null : segment(revenue),
                Dice.chance(seed, 202, i, 0.04) ? null : Dice.pick(seed, 203, i, Words.COUNTRIES),
                Dice.chance(seed, 204, i, 0.05) ? null : Dice.pick(seed, 205, i, Words.PLANS),
                Dice.chance(seed, 206, i, 0.1) ? null : renewal(i),
                i >= SET_PIECES && Dice.chance(seed, 208, i, 0.04),
                start.minusSeconds(86_400L * (30 + Dice.pick(seed, 6, i, 900))));
    }

    private static String segment(BigDecimal revenue) {
        double millions = revenue == null ? 0 : revenue.doubleValue() / 1e6;
        return millions < 4 ? "Small business" : millions < 13 ? "Mid-market" : "Enterprise";
    }

    /** Within a year of the day the first seven months end on, or up to six weeks past due. */
    private LocalDate renewal(int i) {
        return LocalDate.ofInstant(start, ZoneOffset.UTC).plusMonths(7).plusDays(Dice.pick(seed, 207, i, 407) - 42);
    }

    Contact contact(int i) {
        int account = accountOf(i);
        String email = email(i);
        if (Dice.chance(seed, 14, i, 0.04)) {
            email = email.substring(0, 1).toUpperCase(Locale.ROOT)
                    + email.substring(1).replace("@", "@Mail.");
            email = email.replace("@Mail.", "@").replace(".test", ".Test");
        }
        return new Contact(
                i,
                contactId(i),
                Dice.pick(seed, 10, i, Words.FIRST),
                Dice.pick(seed, 11, i, Words.LAST),
                email,
                Dice.chance(seed, 12, i, 0.05) ? null : Dice.pick(seed, 13, i, Words.TITLES),
                Dice.chance(seed, 209, i, 0.12) ? null : Dice.pick(seed, 210, i, Words.DEPARTMENTS),
                account < 0 ? null : accountId(account),
                owner(Math.max(account, 0)),
                start.minusSeconds(3600L * (1 + Dice.pick(seed, 15, i, 8000))));
    }

    EndUser endUser(int e) {
        Instant created = start.minusSeconds(
                1 + (long) (400L * 86_400 * (1 - (e + Dice.unit(seed, 21, e)) / (endUsers() + 1.0))));
        Instant updated = Dice.chance(seed, 22, e, 0.1) ? between(created, start, Dice.unit(seed, 23, e)) : created;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("plan", plan(e));
        if (!unknown(e) && Dice.chance(seed, 24, e, 0.5)) {
            properties.put("name", Dice.pick(seed, 10, e, Words.FIRST) + " " + Dice.pick(seed, 11, e, Words.LAST));
        }
        String external = Dice.chance(seed, 25, e, 0.3) ? "u-" + (e * 17 + 5) : null;
        return new EndUser(
                Company.endUserId(e), toolEmail(e), external, properties, created, updated, null, deleted(e));
    }

    /** An instant so far (from 0 to 1) on the way: cutting later ones off at the end would heap thousands up in its one second. */
    static Instant between(Instant from, Instant to, double way) {
        return from.plusSeconds((long) (way * Math.max(0, to.getEpochSecond() - from.getEpochSecond())));
    }

    String plan(int e) {
        return Dice.pick(seed, 26, e, Words.PLANS);
    }

    /** The account index of a contact, -1 for none. */
    int accountOf(int contact) {
        if (setPieces && contact < SET_PIECES) {
            return SET_PIECE_ACCOUNT[contact];
        }
        if (accounts == 0 || Dice.chance(seed, 16, contact, 0.02)) {
            return -1;
        }
        int first = setPieces ? TWINS : 0;
        double u = Dice.unit(seed, 17, contact);
        return first + (int) (u * u * (accounts - first));
    }

    /** Whether nobody of this account ever answers. */
    boolean silent(int account) {
        return account >= SET_PIECES && Dice.chance(seed, 7, account, 0.08);
    }

    /** Whether the CRM has no contact with this end user's e-mail (at first). */
    boolean unknown(int e) {
        if (setPieces && e < SET_PIECES) {
            return e == TWIN_IN_ONE + 1 || e == TWIN_IN_TWO + 1;
        }
        return e >= contacts || Dice.chance(seed, 27, e, 0.05);
    }

    /** An end user whom the CRM knows, as far as there is one. */
    int anyone() {
        return java.util.stream.IntStream.range(firstFree(), endUsers())
                .filter(e -> !unknown(e) && !deleted(e) && toolEmail(e) != null)
                .findFirst()
                .orElse(0);
    }

    private boolean deleted(int e) {
        return e >= SET_PIECES && Dice.chance(seed, 28, e, 0.003);
    }

    private String email(int contact) {
        int i = setPieces && (contact == TWIN_IN_ONE + 1 || contact == TWIN_IN_TWO + 1) ? contact - 1 : contact;
        int account = accountOf(i);
        String local = Words.plain(Dice.pick(seed, 10, i, Words.FIRST)) + "."
                + Words.plain(Dice.pick(seed, 11, i, Words.LAST)) + i;
        String domain =
                account < 0 ? "freelance" : Words.plain(Dice.pick(seed, 1, account, Words.COMPANY)) + (account + 1);
        return local + "@" + domain + ".test";
    }

    private String toolEmail(int e) {
        if (unknown(e)) {
            return "someone" + e + "@freemail.test";
        }
        if (e >= SET_PIECES && Dice.chance(seed, 29, e, 0.004)) {
            return null;
        }
        String email = email(e);
        if (setPieces && e == CAPITALS || Dice.chance(seed, 30, e, 0.03)) {
            return email.toUpperCase(Locale.ROOT);
        }
        return Dice.chance(seed, 31, e, 0.04)
                ? email.substring(0, 1).toUpperCase(Locale.ROOT) + email.substring(1)
                : email;
    }

    private String owner(int account) {
        return OWNERS.get(Dice.pick(seed, 8, account, OWNERS.size()));
    }

    static final List<String> OWNERS = java.util.stream.IntStream.range(0, 8)
            .mapToObj(i -> SalesforceId.of("005", 2_000 + i))
            .toList();

    static String accountId(int i) {
        return SalesforceId.of("001", 50_000L + i * 3L);
    }

    static String contactId(int i) {
        return SalesforceId.of("003", 900_000L + i * 5L);
    }
}
