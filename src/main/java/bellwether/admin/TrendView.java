package bellwether.admin;

import bellwether.health.Rules;
import bellwether.health.Trend;
import bellwether.nps.Change;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/**
 * NPS per calendar month, earliest first.
 *
 * @param account whose it is, or null for the company's
 * @param dataSince the date from which there are data, or null if none have been read
 */
public record TrendView(String account, String zone, String policy, LocalDate dataSince, List<Month> months) {
    /**
     * @param month as {@code 2026-11}
     * @param partial true for the month that has not ended, and for those that began before there were data
     * @param change against the month before; null unless both have responses
     */
    public record Month(
            String month,
            LocalDate from,
            LocalDate to,
            boolean partial,
            @JsonUnwrapped Figure figure,
            Step change) {}

    /**
     * @param points after minus before, from exact values
     * @param z standard errors away from no change
     * @param verdict {@code rise}, {@code fall}, or {@code not distinguishable} from chance at 95 %
     */
    public record Step(BigDecimal points, BigDecimal standardError, BigDecimal z, String verdict) {}

    static TrendView of(
            String account, List<Trend.Month> trend, Rules rules, String policy, LocalDate today, LocalDate dataSince) {
        return new TrendView(
                account,
                rules.zone().getId(),
                policy,
                dataSince,
                trend.stream()
                        .map(month -> {
                            LocalDate last = month.first().plusMonths(1).minusDays(1);
                            boolean partial = !last.isBefore(today)
                                    || dataSince != null && month.first().isBefore(dataSince);
                            return new Month(
                                    month.first().toString().substring(0, 7),
                                    month.first(),
                                    last,
                                    partial,
                                    Figure.of(month.tally(), rules),
                                    step(month.change()));
                        })
                        .toList());
    }

    private static Step step(Change change) {
        if (change == null) {
            return null;
        }
        String verdict = !change.distinguishable()
                ? "not distinguishable"
                : change.points().signum() > 0 ? "rise" : "fall";
        return new Step(
                change.points().rounded(1),
                BigDecimal.valueOf(change.standardError()).setScale(1, RoundingMode.HALF_UP),
                BigDecimal.valueOf(change.z()).setScale(2, RoundingMode.HALF_UP),
                verdict);
    }
}
