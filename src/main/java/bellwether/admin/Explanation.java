package bellwether.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * An account's NPS with everything needed to compute it again by hand.
 *
 * @param nps to one decimal, null without responses
 * @param formula the arithmetic in words
 * @param health of the relationship, by the default window and policy
 * @param counted the responses that are in the figure, earliest first
 * @param excluded the responses that are not, with the reason
 * @param crms what each CRM should show of this account and last acknowledged, in its own field names
 */
public record Explanation(
        Account account,
        Bounds window,
        String policy,
        LocalDate today,
        int promoters,
        int passives,
        int detractors,
        int responses,
        Ratio fraction,
        BigDecimal nps,
        String formula,
        Figures.Range interval,
        String sample,
        LocalDate partialSince,
        Health health,
        List<Counted> counted,
        List<Excluded> excluded,
        List<Crm> crms) {
    /** Whose NPS it is. */
    public record Account(String id, String name, String owner) {}

    /** Half-open: {@code from} is inside, {@code to} is not; null is open. */
    public record Bounds(
            String name,
            String label,
            Instant from,
            Instant to,
            OffsetDateTime fromLocal,
            OffsetDateTime toLocal,
            String zone) {}

    /** Promoters minus detractors over responses, exact; the NPS is a hundred times this. */
    public record Ratio(int numerator, int denominator) {}

    /** Good, average, poor or unknown, and why. */
    public record Health(String state, String reason) {}

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
            String because) {}

    /** What one CRM should hold, and what it holds as far as it said. */
    public record Crm(
            String crm,
            String status,
            JsonNode wanted,
            Instant wantedAt,
            JsonNode acknowledged,
            Instant acknowledgedAt) {}
}
