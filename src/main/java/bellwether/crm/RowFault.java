package bellwether.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Set;

/** What a CRM said of one refused row. The message names fields, never their values. */
record RowFault(String code, String message, String advice, boolean passing) {
    private static final int MOST_ATTEMPTS = 5;
    private static final Set<String> PASSING = Set.of(
            "UNABLE_TO_LOCK_ROW",
            "SERVER_UNAVAILABLE",
            "QUERY_TIMEOUT",
            "TXN_SECURITY_METERING_ERROR",
            "API_CURRENTLY_DISABLED");

    /** From a row of a collection's answer: {@code {"success":false,"errors":[{"statusCode":…,"message":…,"fields":[…]}]}}. */
    static RowFault of(String object, JsonNode row) {
        JsonNode error = row.path("errors").path(0);
        String code = error.path("statusCode").asText(error.path("errorCode").asText("UNKNOWN"));
        StringBuilder fields = new StringBuilder();
        error.path("fields")
                .forEach(f -> fields.append(fields.length() == 0 ? "" : ", ").append(f.asText()));
        String where = fields.length() == 0 ? object : object + " (" + fields + ")";
        return new RowFault(
                code, where + " refused the row: " + code + ".", advice(code, object), PASSING.contains(code));
    }

    /** When a row that was refused for a passing reason is worth another try after so many; null if it is not. */
    Instant again(int attempts, Instant now) {
        return passing && attempts < MOST_ATTEMPTS ? now.plusSeconds(Math.min(300, 5L << attempts)) : null;
    }

    private static String advice(String code, String object) {
        return switch (code) {
            case "INVALID_FIELD", "INVALID_FIELD_FOR_INSERT_UPDATE" ->
                "Create the field in " + object + " or take it out with an overlay, then replay.";
            case "INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED", "NOT_FOUND" ->
                "The record was deleted or merged; the next reading of people finds its successor, then replay.";
            case "STRING_TOO_LONG" -> "Make the field longer or declare its length in an overlay, then replay.";
            case "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" -> "Add the missing value to the picklist, then replay.";
            case "FIELD_CUSTOM_VALIDATION_EXCEPTION" ->
                "A validation rule of the CRM refuses it: exempt the integration user, then replay.";
            case "DUPLICATES_DETECTED" -> "A duplicate rule blocks it: let the integration user pass, then replay.";
            case "INSUFFICIENT_ACCESS_OR_READONLY", "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" ->
                "Give the integration user edit rights on " + object + " and its NPS fields, then replay.";
            default -> "Look the code up in the CRM's documentation, mend the record, then replay.";
        };
    }
}
