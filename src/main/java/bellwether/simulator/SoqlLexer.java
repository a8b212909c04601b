package bellwether.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a SOQL text into tokens. */
final class SoqlLexer {
    /** Kinds of tokens. */
    enum Kind {
        WORD,
        STRING,
        NUMBER,
        DATETIME,
        DATE,
        SIGN,
        END
    }

    /** A token; {@code text} of a string is its value without quotes and escapes. */
    record Token(Kind kind, String text, int at) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }
    }

    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<datetime>\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?(?:Z|[+-]\\d\\d:?\\d\\d))"
            + "|(?<date>\\d{4}-\\d\\d-\\d\\d)(?!T)"
            + "|(?<number>[+-]?\\d+(?:\\.\\d+)?)"
            + "|(?<word>[A-Za-z_][A-Za-z0-9_.]*)"
            + "|(?<sign><=|>=|!=|<>|[=<>(),])"
            + "|(?<quote>'))");
    private static final int LONGEST_STRING = 4_000;

    private SoqlLexer() {}

    static List<Token> tokens(String query) {
        String soql = query.stripTrailing();
        List<Token> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(soql);
        int at = 0;
        while (at < soql.length()) {
            matcher.region(at, soql.length());
            if (!matcher.lookingAt()) {
                throw malformed(
                        "unexpected character '" + soql.substring(at).strip().charAt(0) + "' at position " + at);
            }
            if (matcher.group("quote") != null) {
                at = string(soql, matcher.end(), tokens);
                continue;
            }
            for (Kind kind : new Kind[] {Kind.DATETIME, Kind.DATE, Kind.NUMBER, Kind.WORD, Kind.SIGN}) {
                String text = matcher.group(kind.name().toLowerCase(java.util.Locale.ROOT));
                if (text != null) {
                    tokens.add(new Token(kind, text, matcher.end() - text.length()));
                }
            }
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "<EOF>", soql.length()));
        return tokens;
    }

    static Problem.Failure malformed(String message) {
        return Problem.of("MALFORMED_QUERY", message).failure(400);
    }

    /** Reads the string that begins at {@code start} and returns where the text goes on. */
    private static int string(String soql, int start, List<Token> tokens) {
        StringBuilder value = new StringBuilder();
        int i = start;
        while (i < soql.length() && soql.charAt(i) != '\'') {
            char c = soql.charAt(i++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escape = i < soql.length() ? soql.charAt(i++) : ' ';
            switch (escape) {
                case 'n', 'N' -> value.append('\n');
                case 'r', 'R' -> value.append('\r');
                case 't', 'T' -> value.append('\t');
                case 'b', 'B' -> value.append('\b');
                case 'f', 'F' -> value.append('\f');
                case '"', '\'', '\\' -> value.append(escape);
                case '_', '%' -> value.append('\\').append(escape);
                case 'u' -> {
                    String hex = i + 4 <= soql.length() ? soql.substring(i, i + 4) : "";
                    if (!hex.matches("[0-9A-Fa-f]{4}")) {
                        throw malformed("Illegal unicode escape in string literal at position " + i);
                    }
                    value.append((char) Integer.parseInt(hex, 16));
                    i += 4;
                }
                default ->
                    throw malformed("Invalid string literal: illegal escape \\" + escape + " at position " + (i - 2));
            }
        }
        if (i >= soql.length()) {
            throw malformed("line 1:" + start + " mismatched character '<EOF>' expecting '''");
        }
        if (value.length() > LONGEST_STRING) {
            throw malformed("Invalid string literal: longer than " + LONGEST_STRING + " characters");
        }
        tokens.add(new Token(Kind.STRING, value.toString(), start - 1));
        return i + 1;
    }
}
