package bellwether.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@link Tried} for a terminal of 80 columns. */
final class TriedText {
    private static final int LONG = 60;
    private static final String REST = "                  ";

    private final List<String> lines = new ArrayList<>();

    /** @param silent what to say where nobody tells who was asked; null to say nothing */
    static List<String> of(Tried tried, String silent) {
        TriedText text = new TriedText();
        text.say("", tried.connection() + ": " + count(tried.rows()) + ". Nothing is kept.");
        text.rows(tried.rows(), tried.directory());
        if (tried.sends() != null) {
            text.lines.add("");
            text.say("", "Who was asked: " + count(tried.sends()) + ".");
            text.rows(tried.sends(), tried.directory());
        } else if (silent != null) {
            text.lines.add("");
            text.say("", silent);
        }
        if (tried.fault() != null) {
            text.lines.add("");
            text.say("", "It went no further: " + said(tried.fault()));
        }
        return text.lines;
    }

    private static String count(List<Tried.Line> rows) {
        return switch (rows.size()) {
            case 0 -> "no record";
            case 1 -> "1 record";
            default -> rows.size() + " records";
        };
    }

    private void rows(List<Tried.Line> rows, boolean directory) {
        int number = 0;
        for (Tried.Line row : rows) {
            row(++number, row, directory);
        }
    }

    private void row(int number, Tried.Line row, boolean directory) {
        lines.add("");
        JsonNode record = cut(row.record());
        StringBuilder raw = new StringBuilder();
        record.properties().forEach(field -> raw.append(raw.isEmpty() ? "{" : ", ")
                .append(TextNode.valueOf(field.getKey()))
                .append(": ")
                .append(field.getValue()));
        wrap(record.isObject() ? raw + "}" : record.toString(), String.format("%-4d", number), "    ");
        if (!row.taken()) {
            say("    left out", "by `select` in the tool's file");
        }
        row.words().forEach((word, cell) -> {
            if (cell.value() != null) {
                say("    " + word, cut(String.valueOf(cell.value())) + "  <- " + cell.place());
            } else {
                say("    " + word, "-  <- " + cell.place());
            }
        });
        if (row.fault() != null) {
            say("    SET ASIDE", said(row.fault()));
            return;
        }
        if (row.taken()) {
            person(row, directory);
        }
    }

    private void person(Tried.Line row, boolean directory) {
        if (row.person() == null) {
            say("    not matched", "the record does not say who answered");
            return;
        }
        Tried.Person person = row.person();
        String who = Stream.of(person.email(), person.name(), person.phone(), person.externalId(), person.crmId())
                .filter(Objects::nonNull)
                .collect(Collectors.joining(", "));
        say("    person", who.isEmpty() ? person.id() + ", of whom nothing else is known" : who);
        if (!directory) {
            say(
                    "    not matched",
                    "there is no directory yet: contacts and accounts are read by `bellwether sync <crm>`");
            return;
        }
        Tried.Matched match = row.match();
        String account = match.account() == null ? "" : "account " + named(match.accountName(), match.account());
        if (match.contact() != null) {
            String contact = "contact " + named(match.name(), match.contact());
            say("    " + match.status(), contact + (account.isEmpty() ? ", without an account" : ", " + account));
        } else {
            say("    " + match.status(), match.cause() + (account.isEmpty() ? "" : ", " + account));
        }
    }

    private static String named(String name, String id) {
        return name == null ? id : name + " (" + id + ")";
    }

    private static String said(Tried.Problem fault) {
        return fault.code() + ": " + fault.message() + " " + fault.advice();
    }

    private void say(String label, String text) {
        wrap(text, label.isEmpty() ? "" : String.format("%-17s ", label), label.isEmpty() ? "" : REST);
    }

    /** Breaks at blanks, and in the middle of what is too long for a line. */
    private void wrap(String text, String first, String rest) {
        String clean = text.replaceAll("\\p{Cntrl}+", " ");
        for (String line : Paragraph.wrap(clean, first, rest)) {
            String left = line;
            while (left.length() > Paragraph.WIDTH) {
                lines.add(left.substring(0, Paragraph.WIDTH));
                left = rest + left.substring(Paragraph.WIDTH);
            }
            lines.add(left);
        }
    }

    private static String cut(String text) {
        return text.length() <= LONG ? text : text.substring(0, LONG - 1) + "…";
    }

    /** The record with its long texts cut. */
    private static JsonNode cut(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(cut(node.asText()));
        }
        JsonNode copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(field -> field.setValue(cut(field.getValue())));
        } else if (copy instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, cut(array.get(i)));
            }
        }
        return copy;
    }
}
