package bellwether.nps;

import java.time.LocalDate;

/**
 * One account's figures over one window under one policy.
 *
 * @param window the window's name
 * @param span the time it covers on the day it was computed
 * @param tally the scored answers that count
 * @param noScore unscored answers that count towards n, 0 unless {@code count_no_score} is set for parity with another tool
 * @param unscored answers inside the window without a score, not counted
 * @param excluded answers inside the window not counted for a reason other than a missing score or a later answer of the same person
 * @param partialSince set if the data begin after the window does: the date from which there are data
 */
public record Rollup(
        String window,
        Policy policy,
        Span span,
        Tally tally,
        int noScore,
        int unscored,
        int excluded,
        LocalDate partialSince) {
    /** The counts the arithmetic uses: the tally, and unscored answers as neither for nor against where those count. */
    public Tally basis() {
        return noScore == 0 ? tally : tally.plus(new Tally(0, noScore, 0));
    }

    public int n() {
        return basis().n();
    }

    /** Null where n is 0. */
    public Nps nps() {
        return basis().nps();
    }

    /** Null where n is 0. */
    public Interval interval() {
        return basis().interval();
    }

    /** True if there are answers, but too few to lean on. */
    public boolean indicative(int minN) {
        return n() > 0 && n() < minN;
    }
}
