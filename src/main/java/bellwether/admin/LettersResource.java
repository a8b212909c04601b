package bellwether.admin;

import bellwether.store.DeadLetters;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** The dead letters: what could not be used, why, and another try. */
public final class LettersResource {
    private static final List<String> STATUSES = List.of("open", "resolved");

    /** One letter. {@code raw} is the record as received, or the content that was refused; only where one letter is asked for. */
    public record Letter(@JsonUnwrapped DeadLetters.Kept kept, JsonNode raw) {}

    /** @param codes how many are open for which code, whatever is asked for */
    public record Letters(Map<String, Long> codes, List<Letter> items, String next) {}

    private final Parts parts;
    private final DeadLetters letters;

    public LettersResource(Parts parts) {
        this.parts = parts;
        this.letters = new DeadLetters(parts.store(), parts.clock());
    }

    /** The newest first, the open ones unless told. */
    public Letters list(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String status = ask.value("status", LettersResource::status, "open");
        String connection = ask.text("connection");
        String code = ask.text("code");
        Long before = ask.number("before");
        int limit = ask.limit();
        ask.done();
        Page<Letter> page = Page.of(
                ask,
                letters.list(status, connection, code, before, limit + 1),
                limit,
                "before",
                DeadLetters.Kept::id,
                kept -> new Letter(kept, null));
        return new Letters(letters.codes(), page.items(), page.next());
    }

    /** One letter with its raw record. */
    public Letter one(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        return found(ask);
    }

    /** Tries one letter again. */
    public Replay.Result replay(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        DeadLetters.Kept letter = found(ask).kept();
        if (letter.status().equals("resolved")) {
            throw Problem.conflict(
                    "ALREADY_RESOLVED",
                    "Letter " + letter.id() + " is resolved: its record went through.",
                    "Nothing is to be done.");
        }
        return new Replay(parts, letters).one(letter.id(), letter.step().equals("push"));
    }

    /** Tries all open letters again, of one connection or one code. */
    public Replay.Result replayAll(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String connection = ask.text("connection");
        String code = ask.text("code");
        if (connection != null && !parts.known(connection)) {
            ask.refuse("connection", "There is no connection of this name.");
        }
        ask.done();
        return new Replay(parts, letters).all(connection, code);
    }

    private Letter found(Ask ask) {
        String id = ask.path("id");
        return (id.matches("\\d{1,18}")
                        ? letters.kept(Long.parseLong(id))
                        : java.util.Optional.<DeadLetters.Kept>empty())
                .map(kept -> new Letter(
                        kept,
                        letters.letter(kept.id()).map(l -> Json.tree(l.raw())).orElse(null)))
                .orElseThrow(() -> Problem.notFound(
                        "DEAD_LETTER_NOT_FOUND",
                        "There is no dead letter " + id + ".",
                        "GET /api/v1/dead-letters lists them."));
    }

    private static String status(String text) {
        if (!STATUSES.contains(text)) {
            throw new IllegalArgumentException("It must be one of " + String.join(", ", STATUSES) + ".");
        }
        return text;
    }
}
