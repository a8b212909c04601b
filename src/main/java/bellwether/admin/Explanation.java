package bellwether.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * An account's NPS with everything needed to compute it again by hand.
 *
 * @param formula the arithmetic in words
 * @param rounding null without responses, as is {@code steps}
 * @param steps how the interval came about
 * @param counted the responses that are in the figure, earliest first
 * @param excluded the responses that are not, with the reason
 * @param crms what each CRM should show of this account now and last acknowledged, in its own field names
 */
public record Explanation(
        @JsonUnwrapped AccountNps figures,
        Ratio fraction,
        String formula,
        Rounding rounding,
        Steps steps,
        List<Counted> counted,
        List<Excluded> excluded,
        List<Crm> crms) {
    /** Promoters minus detractors over responses, exact; the NPS is a hundred times this. */
    public record Ratio(int numerator, int denominator) {}

    /**
     * The one rounding.
     *
     * @param exact a hundred times the fraction, to twelve decimals
     */
    public record Rounding(BigDecimal exact, int decimals, String mode, BigDecimal rounded) {}

    /**
     * The interval step by step, not rounded: three answers are added (¾ promoter, ¾ detractor, 1½ passive), the half width is z
     * standard errors, the result is clipped to [−100, 100] and, where that is needed, widened to hold the NPS itself.
     */
    public record Steps(
            double promoters,
            double detractors,
            double responses,
            double centre,
            double standardError,
            double z,
            double halfWidth,
            Bounds unclipped,
            Bounds clipped,
            Bounds widened) {}

    /** From low to high, in points, not rounded. */
    public record Bounds(double low, double high) {}

    /**
     * A response that is in the figure.
     *
     * @param id {@code source:id}
     * @param person the contact as {@code <connection>:<remote id>}, or the tool's person as {@code source:id} where there is no contact
     */
    public record Counted(
            String id,
            String person,
            Integer score,
            String category,
            Instant answeredAt,
            String survey,
            String source) {}

    /**
     * A response that is not.
     *
     * @param reason a stable word
     * @param because the response that counts in its place, or that it seems to repeat; else null
     * @param until when it counts although it is not completed; null for every other reason, and where only its completion will do
     */
    public record Excluded(
            String id,
            String person,
            Integer score,
            String category,
            Instant answeredAt,
            String survey,
            String source,
            String reason,
            String text,
            String because,
            Instant until) {}

    /** What one CRM should hold, and what it holds as far as it said. */
    public record Crm(
            String crm,
            String status,
            JsonNode wanted,
            Instant wantedAt,
            JsonNode acknowledged,
            Instant acknowledgedAt) {}
}
