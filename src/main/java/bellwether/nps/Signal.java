package bellwether.nps;

import java.time.Instant;

/**
 * One thing that answers say of an account or contact now, with the reason in words.
 *
 * @param subjectKind {@code account} or {@code contact}
 * @param value such as {@code poor} or {@code true}; null where there is nothing to say, and nothing is kept
 * @param since when the value began; null for "as of now". What is kept stays with the first since of an unchanged value
 */
public record Signal(String subjectKind, long subject, String name, String value, String reason, Instant since) {}
