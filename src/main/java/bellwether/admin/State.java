package bellwether.admin;

import java.time.Instant;

/**
 * How one connection is.
 *
 * @param kind {@code tool} or {@code crm}
 * @param state {@code ok}, {@code running}, {@code backfilling}, {@code waiting}, {@code failing}, {@code paused}, {@code broken} or
 *     {@code disabled}
 * @param until when a waiting connection goes on, if it said so
 * @param fault why it waits, fails, is paused or broken, of one that runs why the run before did not succeed; else null
 */
public record State(String name, String kind, String state, Instant until, Trouble fault) {
    /** What is wrong and what can be done about it. */
    public record Trouble(String code, String reason, String advice, Instant since) {}
}
