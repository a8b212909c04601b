package bellwether.source;

import bellwether.mapping.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a tool supports, in a few words each, for people to compare; {@code –} for what it does not have.
 *
 * @param auth how a caller proves who it is
 * @param paging how long lists are cut
 * @param incremental by what new responses are asked for
 * @param edits how responses that were changed later are found
 * @param email where the e-mail address comes from
 * @param sends whether it says who was asked
 * @param webhook how its notices prove themselves, and what they bring
 * @param file whether the columns of its export are known
 */
public record Traits(
        String auth,
        String paging,
        String incremental,
        String edits,
        String email,
        String sends,
        String webhook,
        String file) {
    private static final String NONE = "–";

    /** Reads them off a tool's file. */
    public static Traits of(Tool tool) {
        return new Traits(
                tool.auth().stream().map(Traits::auth).distinct().collect(Collectors.joining(" or ")),
                paging(tool.responses()) + (tool.parents() == null ? "" : ", per survey"),
                incremental(tool.responses()),
                edits(tool),
                email(tool),
                tool.sends() != null
                        ? "yes"
                        : tool.file() != null && tool.file().sends() != null ? "by file" : NONE,
                tool.webhook() == null ? NONE : webhook(tool.webhook()),
                tool.file() == null ? NONE : "yes");
    }

    private static String auth(Auth auth) {
        if (auth instanceof Auth.Query) return "key in the query";
        if (auth instanceof Auth.Basic) return "HTTP Basic";
        if (auth instanceof Auth.ClientCredentials) return "OAuth client credentials";
        if (auth instanceof Auth.Password) return "OAuth password";
        if (auth instanceof Auth.Refresh) return "OAuth refresh token";
        return auth instanceof Auth.Session ? "session" : "key in a header";
    }

    private static String paging(Tool.Stream stream) {
        if (stream.export() != null) return "export";
        if (stream.cursor() instanceof Cursor.Ids) return "ranges of ids";
        if (stream.paging() instanceof Paging.Pages) return "numbered pages";
        if (stream.paging() instanceof Paging.Offset) return "offset";
        if (stream.paging() instanceof Paging.Cursor) return "token";
        if (stream.paging() instanceof Paging.Row) return "last row";
        if (stream.paging() instanceof Paging.Next) return "next address";
        return stream.paging() instanceof Paging.Link ? "Link header" : "all at once";
    }

    private static String incremental(Tool.Stream stream) {
        if (stream.cursor() instanceof Cursor.Ids) return "id";
        if (stream.cursor() instanceof Cursor.Own) return "the tool's cursor";
        if (!(stream.cursor() instanceof Cursor.Time time)) return NONE;
        return time.word() == Word.UPDATED_AT ? "time of change" : "time of answer";
    }

    /** What {@link Lane#rescans} does, and what the tool tells by itself; a hint only has what is new read. */
    private static String edits(Tool tool) {
        List<String> ways = new ArrayList<>();
        boolean changes = tool.responses().cursor() instanceof Cursor.Time time && time.word() == Word.UPDATED_AT;
        ways.add(changes ? "asked for" : "re-scans");
        if (tool.webhook() != null && !tool.webhook().hint()) ways.add("webhook");
        return String.join(", ", ways);
    }

    private static String email(Tool tool) {
        if (tool.responses().map().containsKey(Word.EMAIL)) return "in the row";
        Tool.Stream people = tool.respondents();
        if (people == null) return NONE;
        List<String> ways = new ArrayList<>();
        if (people.path() != null) ways.add("list of people");
        if (people.batch() != null) ways.add("people in batches");
        if (people.one() != null) ways.add("by person");
        return String.join(", ", ways);
    }

    private static String webhook(Webhook webhook) {
        String proof = webhook.verify() instanceof Verify.Token
                ? "fixed header"
                : webhook.verify() instanceof Verify.Path ? "secret path" : "signed";
        return proof + (webhook.hint() ? ", a hint" : webhook.thin() != null ? ", fetched" : "");
    }
}
