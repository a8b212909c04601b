package bellwether.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * An answer as last told and where it belongs: the facts that figures are worked out from.
 *
 * @param metric {@code NPS}, {@code CSAT} or {@code CES}; null if nobody knows what was asked
 * @param updated null if the tool does not tell
 * @param excluded by the tool itself, or because it is not completed
 * @param late whether it counts by the passing of time, or will
 * @param who gave it, as far as one can tell
 * @param contact null for nobody
 * @param account null for none
 * @param role {@code sponsor}, {@code key contact} or {@code user}; null for none of these
 */
record Answer(
        String source,
        String id,
        String survey,
        String metric,
        Integer score,
        String comment,
        Instant at,
        Instant updated,
        boolean excluded,
        boolean late,
        String who,
        String contact,
        String account,
        String role)
        implements Comparable<Answer> {
    private static final Comparator<Answer> BY_TIME = Comparator.comparing(Answer::at)
            .thenComparing(Answer::updated, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Answer::source)
            .thenComparing(Answer::id);

    /** The later answer is the greater. */
    @Override
    public int compareTo(Answer other) {
        return BY_TIME.compare(this, other);
    }

    /** What counts by the passing of time after all that counts without, so that it takes nobody's place. */
    static List<Answer> lateLast(List<Answer> answers) {
        return answers.stream().sorted(Comparator.comparing(Answer::late)).toList();
    }

    /** Whether the same person gave the same score to the same survey so many minutes before or after; never if they are none. */
    boolean repeats(Answer other, int minutes) {
        return minutes > 0
                && said().equals(other.said())
                && Duration.between(at, other.at).abs().compareTo(Duration.ofMinutes(minutes)) <= 0;
    }

    /** 1 for a promoter, 0 for a passive, -1 for a detractor; without a score neither for nor against. */
    int band() {
        return score == null ? 0 : score >= 9 ? 1 : score >= 7 ? 0 : -1;
    }

    String category() {
        return band() > 0 ? "Promoter" : band() < 0 ? "Detractor" : "Passive";
    }

    String key() {
        return source + ":" + id;
    }

    /** Whether it may count at all: an answer to the NPS question that nothing keeps out. */
    boolean usable() {
        return "NPS".equals(metric) && !excluded;
    }

    /** Who said what where: two answers with the same may be one. */
    private String said() {
        return who + " " + source + " " + survey + " " + score;
    }
}
