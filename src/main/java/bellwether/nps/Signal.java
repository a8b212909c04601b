package bellwether.nps;

import java.time.LocalDate;

/**
 * One thing an account's answers say, with the reason in words.
 *
 * @param value such as {@code poor} or {@code true}; null if unknown
 * @param since the local date from which it has been so; null if not known
 */
public record Signal(String name, String value, String reason, LocalDate since) {}
