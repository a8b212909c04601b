package bellwether.nps;

import java.time.Instant;

/**
 * One thing that answers say of an account or contact now, with the reason in words.
 *
 * @param subjectKind {@code account} or {@code contact}
 * @param value such as {@code poor}, {@code true} or {@code none}
 * @param since when the value began; null for "as of now". What is kept stays with the first since of an unchanged value
 */
public record Signal(String subjectKind, long subject, String name, String value, String reason, Instant since) {}
