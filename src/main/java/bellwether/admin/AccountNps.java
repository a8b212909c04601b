package bellwether.admin;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * An account's NPS over one window under one policy.
 *
 * @param asOf the day it is about, in the account's zone
 * @param knownAt the instant whose knowledge was taken; null for the present
 * @param nps to one decimal, null without responses
 * @param interval 95 %, null without responses
 * @param health of the relationship, by the default window and policy
 * @param namedHealth further healths by name
 * @param composite null unless there is a rule of it
 */
public record AccountNps(
        Account account,
        Bounds window,
        String policy,
        LocalDate asOf,
        Instant knownAt,
        int promoters,
        int passives,
        int detractors,
        int responses,
        BigDecimal nps,
        Figures.Range interval,
        String sample,
        LocalDate partialSince,
        Health health,
        Map<String, Health> namedHealth,
        Composite composite) {
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

    /** Good, average, poor or unknown, and why. */
    public record Health(String state, String reason) {}

    /**
     * The composite health.
     *
     * @param score 0 to 100, to one decimal; null if no input is known
     * @param completeness percentage of the weights whose input is known
     */
    public record Composite(String state, String reason, BigDecimal score, int completeness) {}
}
