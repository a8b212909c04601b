package bellwether.simulator;

import bellwether.simulator.SoqlLexer.Kind;
import bellwether.simulator.SoqlLexer.Token;
import java.math.BigDecimal;
import java.util.Locale;

/** Values in a query: each field type has its own spelling, and another one is refused as the vendor does. */
final class SoqlLiteral {
    private SoqlLiteral() {}

    /** The value to compare with, in the form {@link Query} compares; null for the word null. */
    static Object of(Field field, Token token, Token name) {
        if (token.is("null")) {
            return null;
        }
        boolean boolWord = token.is("true") || token.is("false");
        if (token.kind() == Kind.WORD && !boolWord || token.kind() == Kind.SIGN || token.kind() == Kind.END) {
            throw SoqlLexer.malformed("unexpected token: '" + token.text() + "'");
        }
        switch (field.type()) {
            case DOUBLE, CURRENCY -> {
                need(token.kind() == Kind.NUMBER, field, name, token);
                return new BigDecimal(token.text());
            }
            case BOOLEAN -> {
                need(boolWord, field, name, token);
                return token.is("true");
            }
            case DATETIME -> {
                need(token.kind() == Kind.DATETIME, field, name, token);
                return Values.time(Values.instant(token.text()));
            }
            case DATE -> {
                need(token.kind() == Kind.DATE, field, name, token);
                return token.text();
            }
            case ID, REFERENCE -> {
                need(token.kind() == Kind.STRING, field, name, token);
                return SalesforceId.normal(token.text()).orElseThrow(() -> Problem.of(
                                "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: " + token.text())
                        .failure(400));
            }
            default -> {
                need(token.kind() == Kind.STRING, field, name, token);
                return token.text().toLowerCase(Locale.ROOT);
            }
        }
    }

    private static void need(boolean fits, Field field, Token name, Token token) {
        if (!fits) {
            String quotes = token.kind() == Kind.STRING ? "should not" : "should";
            throw Problem.of(
                            "INVALID_FIELD",
                            "value of filter criterion for field '" + name.text() + "' must be of type "
                                    + field.type().word + " and " + quotes + " be enclosed in quotes")
                    .failure(400);
        }
    }
}
