package bellwether.simulator;

import bellwether.simulator.SoqlLexer.Kind;
import bellwether.simulator.SoqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A small honest part of SOQL: {@code SELECT fields FROM object WHERE conditions ORDER BY fields LIMIT n OFFSET n}. What is not
 * understood is refused, as are unknown fields; AND and OR may not be mixed without parentheses.
 */
final class Soql {
    private static final int LONGEST = 100_000;
    private static final Set<String> OPERATORS = Set.of("=", "!=", "<>", "<", ">", "<=", ">=");

    private final Schema schema;
    private final String text;
    private final List<Token> tokens;
    private int next;
    private ObjectType type;

    private Soql(Schema schema, String text) {
        this.schema = schema;
        this.text = text;
        this.tokens = SoqlLexer.tokens(text);
    }

    /** Reads a query; throws {@link Problem.Failure} with the vendor's 400 when it cannot be served. */
    static Query parse(Schema schema, String text) {
        if (text.length() > LONGEST) {
            throw Problem.of("QUERY_TOO_COMPLICATED", "SOQL statements cannot be longer than 100000 characters.")
                    .failure(400);
        }
        return new Soql(schema, text).query();
    }

    private Query query() {
        expect("SELECT");
        boolean count = tokens.get(next).is("COUNT")
                && tokens.get(next + 1).is("(")
                && tokens.get(next + 2).is(")");
        List<Token> names = new ArrayList<>();
        if (count) {
            next += 3;
        } else {
            do {
                names.add(word());
            } while (accept(","));
        }
        expect("FROM");
        Token from = word();
        type = schema.type(from.text());
        if (type == null) {
            throw invalid(
                    "INVALID_TYPE",
                    from,
                    "sObject type '" + from.text() + "' is not supported. If you are attempting to use a custom"
                            + " object, be sure to append the '__c' after the entity name.");
        }
        List<Path> fields = names.stream().map(this::path).toList();
        Query.Condition where = accept("WHERE") ? all() : row -> true;
        List<Query.Order> orders = new ArrayList<>();
        if (accept("ORDER")) {
            expect("BY");
            do {
                orders.add(order());
            } while (accept(","));
        }
        int limit = accept("LIMIT") ? number() : Integer.MAX_VALUE;
        int offset = accept("OFFSET") ? number() : 0;
        if (peek().kind() != Kind.END) {
            throw unexpected();
        }
        return new Query(type, fields, count, where, orders, limit, offset);
    }

    private Query.Condition all() {
        Query.Condition left = one();
        if (!peek().is("AND") && !peek().is("OR")) {
            return left;
        }
        String joint = peek().text();
        while (accept(joint)) {
            Query.Condition first = left;
            Query.Condition second = one();
            left = joint.equalsIgnoreCase("AND")
                    ? row -> first.holds(row) && second.holds(row)
                    : row -> first.holds(row) || second.holds(row);
        }
        if (peek().is("AND") || peek().is("OR")) {
            throw unexpected();
        }
        return left;
    }

    private Query.Condition one() {
        if (accept("NOT")) {
            Query.Condition condition = one();
            return row -> !condition.holds(row);
        }
        if (accept("(")) {
            Query.Condition condition = all();
            expect(")");
            return condition;
        }
        Token name = word();
        Path path = path(name);
        if (!path.field().filterable()) {
            throw invalid("INVALID_FIELD", name, "field '" + name.text() + "' can not be filtered in a query call");
        }
        if (accept("NOT")) {
            expect("IN");
            Query.Condition in = in(path, name);
            return row -> !in.holds(row);
        }
        if (accept("IN")) {
            return in(path, name);
        }
        if (accept("LIKE")) {
            return Query.like(path, literal(path, name));
        }
        Token operator = take();
        if (!OPERATORS.contains(operator.text())) {
            throw SoqlLexer.malformed("unexpected token: '" + operator.text() + "'");
        }
        return Query.compare(path, operator.text(), literal(path, name));
    }

    private Query.Condition in(Path path, Token name) {
        expect("(");
        List<Object> values = new ArrayList<>();
        do {
            values.add(literal(path, name));
        } while (accept(","));
        expect(")");
        return Query.in(path, values);
    }

    private Object literal(Path path, Token name) {
        return SoqlLiteral.of(path.field(), take(), name);
    }

    private Query.Order order() {
        Token name = word();
        Path path = path(name);
        if (!path.field().filterable()) {
            throw invalid("INVALID_FIELD", name, "field '" + name.text() + "' can not be sorted in a query call");
        }
        boolean falling = !accept("ASC") && accept("DESC");
        boolean nullsLast = false;
        if (accept("NULLS")) {
            nullsLast = !accept("FIRST");
            if (nullsLast) {
                expect("LAST");
            }
        }
        return new Query.Order(path, falling, nullsLast);
    }

    /** The field a name stands for, at most one relationship away. */
    private Path path(Token name) {
        String[] parts = name.text().split("\\.");
        if (parts.length > 1 && parts[0].equalsIgnoreCase(type.name)) {
            parts = java.util.Arrays.copyOfRange(parts, 1, parts.length);
        }
        if (parts.length == 1 && type.field(parts[0]) != null) {
            return new Path(null, null, type.field(parts[0]));
        }
        if (parts.length == 2) {
            Field reference = type.relationship(parts[0]);
            if (reference == null) {
                throw invalid(
                        "INVALID_FIELD", name, "Didn't understand relationship '" + parts[0] + "' in field path.");
            }
            Field field = schema.type(reference.target()).field(parts[1]);
            if (field != null) {
                return new Path(reference, reference.relationship(), field);
            }
        }
        throw invalid(
                "INVALID_FIELD",
                name,
                "No such column '" + name.text() + "' on entity '" + type.name + "'. If you are attempting to use"
                        + " a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe"
                        + " call for the appropriate names.");
    }

    private Problem.Failure invalid(String code, Token token, String message) {
        int from = Math.max(0, token.at() - 20);
        String excerpt = text.substring(from, Math.min(text.length(), token.at() + 40));
        String marker = " ".repeat(token.at() - from) + "^";
        return Problem.of(
                        code,
                        "\n" + excerpt + "\n" + marker + "\nERROR at Row:1:Column:" + (token.at() + 1) + "\n" + message)
                .failure(400);
    }

    private int number() {
        Token token = take();
        if (token.kind() != Kind.NUMBER || !token.text().matches("\\d{1,9}")) {
            throw SoqlLexer.malformed("unexpected token: '" + token.text() + "'");
        }
        return Integer.parseInt(token.text());
    }

    private Token word() {
        Token token = take();
        if (token.kind() != Kind.WORD) {
            throw SoqlLexer.malformed("unexpected token: '" + token.text() + "'");
        }
        return token;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw unexpected();
        }
    }

    private boolean accept(String word) {
        if (!peek().is(word)) {
            return false;
        }
        next++;
        return true;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    private Problem.Failure unexpected() {
        return SoqlLexer.malformed("unexpected token: '" + peek().text() + "'");
    }
}
