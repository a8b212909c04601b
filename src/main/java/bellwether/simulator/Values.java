package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Turns JSON values into field values the way the CRM does, or says why not. */
final class Values {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter READ = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX][X]")
            .toFormatter();

    private Values() {}

    /** An instant as the CRM shows it, which also sorts as text. */
    static String time(Instant instant) {
        return SHOWN.format(instant);
    }

    /** A time with an offset, in any of the accepted spellings. */
    static Instant instant(String text) {
        return OffsetDateTime.parse(text, READ).toInstant();
    }

    /** The value to be stored, null to clear. Throws {@link Problem.Failure} with the row's error. */
    static Object of(Field field, JsonNode json) {
        if (json == null || json.isNull()) {
            if (field.type() == Field.Type.BOOLEAN) {
                throw wrong(field, json);
            }
            return null;
        }
        return switch (field.type()) {
            case DOUBLE, CURRENCY -> number(field, json);
            case BOOLEAN -> {
                if (!json.isBoolean()) {
                    throw wrong(field, json);
                }
                yield json.booleanValue();
            }
            case DATETIME -> datetime(field, json);
            case DATE -> date(field, json);
            case ID, REFERENCE ->
                SalesforceId.normal(text(field, json))
                        .orElseThrow(() -> row(
                                "MALFORMED_ID",
                                field.label() + ": id value of incorrect type: " + json.asText(),
                                field));
            default -> string(field, json);
        };
    }

    private static String string(Field field, JsonNode json) {
        String text = text(field, json);
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > field.length()) {
            String start = text.length() > 255 ? text.substring(0, 255) + "..." : text;
            throw row(
                    "STRING_TOO_LONG",
                    field.label() + ": data value too large: " + start + " (max length=" + field.length() + ")",
                    field);
        }
        if (!field.values().isEmpty() && !field.values().contains(text)) {
            throw row(
                    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
                    field.label() + ": bad value for restricted picklist field: " + text,
                    field);
        }
        if (field.type() == Field.Type.EMAIL && !text.matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+")) {
            throw row("INVALID_EMAIL_ADDRESS", field.label() + ": invalid email address: " + text, field);
        }
        return text;
    }

    private static BigDecimal number(Field field, JsonNode json) {
        if (!json.isNumber()) {
            throw wrong(field, json);
        }
        BigDecimal value = json.decimalValue().setScale(field.scale(), RoundingMode.HALF_UP);
        if (value.precision() - value.scale() > field.precision() - field.scale()) {
            throw row(
                    "NUMBER_OUTSIDE_VALID_RANGE",
                    field.label() + ": value outside of valid range on numeric field: " + json.asText(),
                    field);
        }
        return value;
    }

    private static String datetime(Field field, JsonNode json) {
        String text = text(field, json);
        try {
            return time(instant(text));
        } catch (DateTimeException e) {
            throw wrong(field, json);
        }
    }

    private static String date(Field field, JsonNode json) {
        String text = text(field, json);
        try {
            return LocalDate.parse(text.length() > 10 && text.charAt(10) == 'T' ? text.substring(0, 10) : text)
                    .toString();
        } catch (DateTimeException e) {
            throw wrong(field, json);
        }
    }

    private static String text(Field field, JsonNode json) {
        if (!json.isTextual()) {
            throw wrong(field, json);
        }
        return json.textValue();
    }

    private static Problem.Failure wrong(Field field, JsonNode json) {
        return row("INVALID_TYPE_ON_FIELD_IN_RECORD", field.label() + ": value not of required type: " + json, field);
    }

    private static Problem.Failure row(String code, String message, Field field) {
        return Problem.of(code, message, field.name()).failure(400);
    }
}
