package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Rows put where they are declared to stand: in an answer, or packed into one, or as a file. */
final class Packing {
    private Packing() {}

    /** @param places what the answer says beside the rows */
    static Answer answer(JsonNode stream, ArrayNode rows, Map<String, JsonNode> places) {
        JsonNode payload = stream.path("payload");
        if (payload.isMissingNode()) {
            return Answer.json(200, within(stream.path("records").asText("$"), rows, places));
        }
        byte[] packed = packed(payload, stream.path("records").asText("$"), rows);
        if (payload.has("at")) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            Places.put(
                    answer, payload.get("at").asText(), TextNode.valueOf(new String(packed, StandardCharsets.UTF_8)));
            return Answer.json(200, answer);
        }
        return new Answer(200, "application/octet-stream", packed, Map.of());
    }

    private static JsonNode within(String records, ArrayNode rows, Map<String, JsonNode> places) {
        if (records.equals("$")) {
            return rows;
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        Places.put(answer, records, rows);
        places.forEach((place, value) -> Places.put(answer, place, value));
        return answer;
    }

    private static byte[] packed(JsonNode payload, String records, ArrayNode rows) {
        byte[] bytes =
                switch (payload.path("as").asText("json")) {
                    case "csv" -> csv(rows).getBytes(StandardCharsets.UTF_8);
                    case "ndjson" -> lines(rows).getBytes(StandardCharsets.UTF_8);
                    default -> Json.bytes(within(records, rows, Map.of()));
                };
        List<JsonNode> unpack = new ArrayList<>(Declaration.list(payload.path("unpack")));
        java.util.Collections.reverse(unpack);
        for (JsonNode step : unpack) {
            bytes = packed(step.asText(), bytes);
        }
        return bytes;
    }

    private static byte[] packed(String step, byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (step.equals("base64")) {
                return Base64.getMimeEncoder().encode(bytes);
            }
            if (step.equals("gzip")) {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(bytes);
                }
            } else {
                try (ZipOutputStream zip = new ZipOutputStream(out)) {
                    zip.putNextEntry(new ZipEntry("responses"));
                    zip.write(bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String lines(ArrayNode rows) {
        StringBuilder text = new StringBuilder();
        rows.forEach(row -> text.append(row).append('\n'));
        return text.toString();
    }

    /** The names of all rows as the first line. */
    private static String csv(ArrayNode rows) {
        Set<String> columns = new LinkedHashSet<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
        StringBuilder text = new StringBuilder(line(new ArrayList<>(columns)));
        for (JsonNode row : rows) {
            text.append(line(
                    columns.stream().map(column -> row.path(column).asText("")).toList()));
        }
        return text.toString();
    }

    private static String line(List<String> values) {
        return String.join(
                        ",",
                        values.stream()
                                .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                                .toList()) + "\r\n";
    }
}
