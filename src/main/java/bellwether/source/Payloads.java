package bellwether.source;

import bellwether.http.Answer;
import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;

/** Takes the records out of an answer, packed or not. */
public final class Payloads {
    private Payloads() {}

    /** All of them; null if the answer is not the list that is declared. */
    public static JsonNode rows(Answer.Ok answer, String place, Payload payload) {
        if (answer.empty()) return JsonNodeFactory.instance.arrayNode();
        if (payload == null) {
            JsonNode rows = answer.json() == null ? null : JsonPlace.of(place).in(answer.json());
            return rows == null || !rows.isArray() ? null : rows;
        }
        try {
            ArrayNode all = JsonNodeFactory.instance.arrayNode();
            Iterator<JsonNode> rows = stream(answer, place, payload);
            while (rows.hasNext()) all.add(rows.next());
            return all;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** One after the other, so that a large payload is never wholly in memory unpacked. */
    static Iterator<JsonNode> stream(Answer.Ok answer, String place, Payload payload) throws IOException {
        if (answer.empty()) return Collections.emptyIterator();
        List<String> packs = payload.unpack();
        InputStream in;
        if (answer.file() != null) {
            // The file goes when it has been read, or was given up.
            in = Files.newInputStream(answer.file(), StandardOpenOption.DELETE_ON_CLOSE);
        } else {
            byte[] packed = packed(answer, payload);
            // What is in memory anyway is unpacked at once; the stream would do it byte by byte.
            boolean text = !packs.isEmpty() && packs.get(0).equals("base64");
            in = new ByteArrayInputStream(text ? Base64.getMimeDecoder().decode(packed) : packed);
            if (text) packs = packs.subList(1, packs.size());
        }
        in = unpacked(in, packs);
        return switch (payload.as()) {
            case "csv" -> Rows.csv(in);
            case "ndjson" -> Rows.ndjson(in);
            default -> Rows.json(in, place);
        };
    }

    /** What is packed, as a stream. */
    public static InputStream unpacked(InputStream packed, List<String> packs) throws IOException {
        InputStream in = packed;
        for (String pack : packs) {
            in = switch (pack) {
                case "base64" -> Base64.getMimeDecoder().wrap(in);
                case "gzip" -> new GZIPInputStream(in);
                default -> unzipped(in);
            };
        }
        return in;
    }

    private static byte[] packed(Answer.Ok answer, Payload payload) throws IOException {
        if (payload.at() == null) return answer.body();
        JsonNode found =
                answer.json() == null ? null : JsonPlace.of(payload.at()).in(answer.json());
        if (found == null || !found.isTextual()) throw new IOException("no payload");
        return found.textValue().getBytes(StandardCharsets.UTF_8);
    }

    /** The first file in a zip. */
    private static InputStream unzipped(InputStream in) throws IOException {
        ZipInputStream zip = new ZipInputStream(in);
        for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) return zip;
        }
        throw new IOException("an empty zip");
    }

    /** The text at a place, or null. */
    public static String text(JsonNode node, String place) {
        JsonNode found =
                node == null || place == null ? null : JsonPlace.of(place).in(node);
        return found == null
                        || !found.isValueNode()
                        || found.isNull()
                        || found.asText().isBlank()
                ? null
                : found.asText();
    }
}
