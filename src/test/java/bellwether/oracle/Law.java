package bellwether.oracle;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The settings by which answers are counted and judged.
 *
 * @param windows the default window first
 * @param latest whether the default policy counts each person's latest answer only
 * @param good NPS from which a relationship is good
 * @param poor NPS below which it is poor
 * @param staleDays an answer older than this tells nothing of the relationship
 * @param duplicateMinutes 0 for never
 * @param noScore whether an answer without a score counts as neither for nor against
 * @param byAnswer whether an answer stays with the account its person had when giving it
 * @param fiscalMonth in which the fiscal year begins
 * @param partial by source, where answers that are not completed do not count at once: {@code after_12h} or {@code completed_only}
 * @param surveys metric by {@code source/survey} at first; of other surveys only the answer's own word counts
 */
public record Law(
        ZoneId zone,
        List<String> windows,
        boolean latest,
        int good,
        int poor,
        int staleDays,
        int duplicateMinutes,
        boolean noScore,
        boolean byAnswer,
        int fiscalMonth,
        Map<String, String> partial,
        Map<String, String> surveys) {
    /** A zone that nobody knows: days begin as in the installation. */
    public static final String NO_ZONE = "Mars/Olympus";
}
