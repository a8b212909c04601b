package bellwether.nps;

import java.time.Instant;

/**
 * Something that went wrong, sorted by who must act. The kind alone decides what happens next: a transient fault waits and is
 * retried, a config fault pauses one connection and names the setting, a record fault sets one record aside, a bug is kept like a
 * record and is loud. No fault text ever holds a secret, an e-mail address or a comment.
 */
public sealed interface Fault {
    /** The step of the line it happened in: {@code pull}, {@code accept}, {@code people}, {@code refresh}, {@code push}, {@code auth}. */
    String step();

    /** A stable code such as {@code RATE_LIMITED}; documented in the README, safe to match on. */
    String code();

    /** What happened, where and why, in one sentence. */
    String message();

    /** What a person can do about it, in one sentence. */
    String advice();

    /** Passes by itself. {@code notBefore} is the earliest sensible retry, or null for the usual back-off. */
    record Transient(String step, String code, String message, String advice, Instant notBefore) implements Fault {}

    /** A setting is wrong or a credential refused: only this connection pauses until a person has acted. */
    record Config(String step, String code, String message, String advice) implements Fault {}

    /** One record cannot be used: it goes to the dead letters, its neighbours live. */
    record Record(String step, String code, String message, String advice) implements Fault {}

    /** We are wrong: kept like a record, and loud. */
    record Bug(String step, String code, String message, String advice) implements Fault {}
}
