package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.Map;

/** Rows as Wootric shows them. */
final class WootricJson {
    private static final ZoneRules RULES = ZoneId.of("America/Los_Angeles").getRules();

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private WootricJson() {}

    static byte[] row(Response r) {
        return object(json -> response(json, r));
    }

    static byte[] row(EndUser u) {
        return object(json -> endUser(json, u));
    }

    /** The row with what the tool does not show: unix times, the flaw. */
    static byte[] truth(Response r) {
        return object(json -> {
            response(json, r);
            json.writeNumberField("created_unix", r.created().getEpochSecond());
            json.writeNumberField("updated_unix", r.updated().getEpochSecond());
            json.writeStringField("flaw", r.flaw() == null ? null : r.flaw().name());
        });
    }

    /** The row with what the tool does not show: unix times, whether it is deleted. */
    static byte[] truth(EndUser u) {
        return object(json -> {
            endUser(json, u);
            json.writeNumberField("created_unix", u.created().getEpochSecond());
            json.writeNumberField("updated_unix", u.updated().getEpochSecond());
            if (u.lastSurveyed() != null) {
                json.writeNumberField("last_surveyed_unix", u.lastSurveyed().getEpochSecond());
            }
            json.writeBooleanField("deleted", u.deleted());
        });
    }

    private static void response(JsonGenerator json, Response r) throws IOException {
        json.writeNumberField("id", r.id());
        if (r.endUserId() == null) {
            json.writeNullField("end_user_id");
        } else {
            json.writeNumberField("end_user_id", r.endUserId());
        }
        json.writeNumberField("survey_id", r.surveyId());
        score(json, r);
        json.writeStringField("text", r.text());
        json.writeBooleanField("completed", r.completed());
        json.writeBooleanField("excluded_from_calculations", r.excluded());
        json.writeStringField("origin_url", r.originUrl());
        json.writeStringField("ip_address", r.ipAddress());
        created(json, r);
        json.writeStringField("updated_at", time(r.updated()));
        json.writeArrayFieldStart("tags");
        for (String tag : r.tags()) {
            json.writeString(tag);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        json.writeEndArray();
        json.writeObjectFieldStart("end_user");
        properties(json, r.properties());
        json.writeEndObject();
    }

    private static void score(JsonGenerator json, Response r) throws IOException {
        json.writeFieldName("score");
        Flaw flaw = r.flaw() == null ? Flaw.HUGE_COMMENT : r.flaw();
        switch (flaw) {
            case SCORE_ELEVEN -> json.writeNumber(11);
            case SCORE_FRACTION -> json.writeNumber(6.5);
            case SCORE_WORD -> json.writeString("nine");
            case SCORE_TRUE -> json.writeBoolean(true);
            default -> {
                if (r.score() == null) {
                    json.writeNull();
                } else {
                    json.writeNumber(r.score());
                }
            }
        }
    }

    private static void created(JsonGenerator json, Response r) throws IOException {
        if (r.flaw() == Flaw.NO_CREATED) {
            return;
        }
        Instant shown = r.flaw() == Flaw.FUTURE ? r.created().plus(Flaw.AHEAD) : r.created();
        json.writeStringField(
                "created_at", r.flaw() == Flaw.GARBLED_CREATED ? "the day before yesterday" : time(shown));
    }

    private static void endUser(JsonGenerator json, EndUser u) throws IOException {
        boolean offset = u.id() % 8 != 0;
        json.writeNumberField("id", u.id());
        json.writeStringField("email", u.email());
        json.writeStringField("phone_number", null);
        json.writeStringField("external_id", u.externalId());
        json.writeStringField("created_at", time(u.created(), offset));
        json.writeStringField("updated_at", time(u.updated(), offset));
        json.writeStringField("last_surveyed", u.lastSurveyed() == null ? null : time(u.lastSurveyed(), offset));
        properties(json, u.properties());
    }

    private static String time(Instant at) {
        return time(at, true);
    }

    /** Pacific time with its offset, or universal time without one; by hand since it is the most frequent thing done here. */
    private static String time(Instant at, boolean offset) {
        ZoneOffset zone = offset ? RULES.getOffset(at) : ZoneOffset.UTC;
        LocalDateTime local = LocalDateTime.ofEpochSecond(at.getEpochSecond(), 0, zone);
        StringBuilder text = new StringBuilder(25).append(local.getYear());
        two(text.append('-'), local.getMonthValue());
        two(text.append('-'), local.getDayOfMonth());
        two(text.append(' '), local.getHour());
        two(text.append(':'), local.getMinute());
        two(text.append(':'), local.getSecond());
        if (offset) {
            two(text.append(" -"), -zone.getTotalSeconds() / 3600).append("00");
        }
        return text.toString();
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    private static void properties(JsonGenerator json, Map<String, String> properties) throws IOException {
        json.writeObjectFieldStart("properties");
        for (Map.Entry<String, String> property : properties.entrySet()) {
            json.writeStringField(property.getKey(), property.getValue());
        }
        json.writeEndObject();
    }

    private static byte[] object(Fields fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512);
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
