package bellwether.match;

/** A live contact of the directory that a key points at. {@code account} is null for a contact without one. */
public record Candidate(long contact, Long account) {}
