package bellwether.simulator;

import bellwether.simulator.Company.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The responses the company begins with, oldest first. Four small arrays hold what cannot be computed from the index, so that
 * several hundred thousand fit into a few megabytes.
 */
final class Answers {
    static final int NPS_WEB = 31;
    static final int NPS_MAIL = 32;
    static final int CSAT = 77;
    static final int UNDECLARED = 99;
    static final int BURST = 75;
    private static final byte NONE = -1;

    private final People people;
    private final Instant anchor;
    private final long[] created;
    private final int[] endUser;
    private final byte[] score;
    private final byte[] survey;

    Answers(People people, int count, Instant start, Instant anchor) {
        this.people = people;
        this.anchor = anchor;
        this.created = new long[count];
        this.endUser = new int[count];
        this.score = new byte[count];
        this.survey = new byte[count];
        times(start, anchor);
        for (int i = 0; i < count; i++) {
            answer(i);
        }
        if (people.setPieces && count >= 200) {
            setPieces(count);
        }
    }

    int size() {
        return created.length;
    }

    long created(int i) {
        return created[i];
    }

    int endUser(int i) {
        return endUser[i];
    }

    Response response(int i) {
        long seed = people.seed;
        Integer value = score[i] == NONE ? null : (int) score[i];
        Instant at = Instant.ofEpochSecond(created[i]);
        boolean edited = Dice.chance(seed, 62, i, 0.05);
        Instant latest = at.plusSeconds(edited ? 20 * 86_400 : 90);
        Instant updated =
                People.between(at, latest.isAfter(anchor) ? anchor : latest, Dice.unit(seed, edited ? 63 : 61, i));
        return new Response(
                Company.responseId(i),
                Company.endUserId(endUser[i]),
                survey[i],
                value,
                Comments.about(seed, i, value, survey[i] == CSAT),
                at,
                updated,
                value != null,
                Dice.chance(seed, 64, i, 0.015) && !setPiece(endUser[i]),
                Dice.chance(seed, 65, i, 0.2) ? List.of(Dice.pick(seed, 66, i, Words.TAGS)) : List.of(),
                "https://app.bellwether-demo.test/" + (survey[i] == CSAT ? "support" : "home"),
                "203.0.113." + Dice.pick(seed, 67, i, 254),
                Map.of("plan", people.plan(endUser[i])),
                null);
    }

    private boolean setPiece(int e) {
        return people.setPieces && e < People.SET_PIECES;
    }

    private void times(Instant start, Instant anchor) {
        int count = created.length;
        long first = start.getEpochSecond();
        long span = anchor.getEpochSecond() - first - 120;
        for (int i = 0; i < count; i++) {
            created[i] = first + (long) ((i + Dice.unit(people.seed, 51, i)) * span / count);
            if (i % 97 == 96) {
                created[i] = created[i - 1];
            }
        }
        if (count >= 400) {
            int at = count * 2 / 5;
            java.util.Arrays.fill(created, at, at + BURST, created[at]);
        }
    }

    private void answer(int i) {
        long seed = people.seed;
        endUser[i] = respondent(seed, i);
        double u = Dice.unit(seed, 53, i);
        survey[i] = (byte) (u < 0.56 ? NPS_WEB : u < 0.86 ? NPS_MAIL : u < 0.993 ? CSAT : UNDECLARED);
        int account = people.accountOf(endUser[i]);
        score[i] = Dice.chance(seed, 54, i, 0.03) ? NONE : (byte) score(seed, i, account, survey[i] == CSAT);
    }

    private int respondent(long seed, int i) {
        int free = people.firstFree();
        int pool = people.endUsers() - free;
        double u = Dice.unit(seed, 52, i);
        int e = free + (int) (Math.pow(u, 1.4) * pool);
        for (int tries = 0; tries < 40 && people.silent(people.accountOf(e)); tries++) {
            e = e + 1 < free + pool ? e + 1 : free;
        }
        return e;
    }

    /** A score in the manner of the account: some are happy customers, some are not. */
    static int score(long seed, long number, int account, boolean csat) {
        double mood = Dice.unit(seed, 55, account);
        double u = Dice.unit(seed, 56, number);
        int detail = Dice.pick(seed, 57, number, 100);
        if (u < 0.15 + 0.6 * mood) {
            return csat ? 5 : detail < 45 ? 9 : 10;
        }
        if (u < 0.42 + 0.5 * mood) {
            return csat ? 4 : detail < 50 ? 7 : 8;
        }
        return csat ? 1 + detail % 3 : detail < 60 ? 5 + detail % 2 : detail % 5;
    }

    /** The row moved to 181 days ago: too old for a verdict on the account, young enough for a backfill of six months. */
    private int old() {
        long target = anchor.getEpochSecond() - 181 * 86_400L + 3_600;
        int i = java.util.Arrays.binarySearch(created, target);
        int at = i >= 0 ? i : Math.max(0, -i - 2);
        created[at] = target;
        return at;
    }

    private void setPieces(int count) {
        Map<Integer, int[]> pieces = new TreeMap<>();
        pieces.put(old(), new int[] {People.OLD_PERSON, 6});
        for (int k = 0; k < 3; k++) {
            pieces.put(count * (5 + 2 * k) / 10 + 4, new int[] {People.FIRST_PROMOTER + k, 9 + k % 2});
        }
        pieces.put(count * 6 / 10, new int[] {People.TWIN_IN_ONE, 8});
        pieces.put(count * 8 / 10, new int[] {People.TWIN_IN_ONE, 10});
        pieces.put(count * 6 / 10 + 1, new int[] {People.TWIN_IN_TWO, 3});
        pieces.put(count * 8 / 10 + 1, new int[] {People.TWIN_IN_TWO, 4});
        pieces.put(count * 7 / 10 + 2, new int[] {People.WITHOUT_ACCOUNT, 9});
        pieces.put(count * 7 / 10 + 3, new int[] {People.CAPITALS, 7});
        pieces.forEach((i, piece) -> {
            int at = Math.min(i, count - 1);
            endUser[at] = piece[0];
            score[at] = (byte) piece[1];
            survey[at] = NPS_WEB;
        });
    }
}
