package bellwether.contract;

import bellwether.mapping.JsonPlace;
import bellwether.source.Payload;
import bellwether.source.Payloads;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs an answer as a tool does: the counterpart of {@link Payloads}. */
final class Packing {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How a contract writes an answer; one of the three. */
    record Form(JsonNode answer, Contract.Exchange.Packed packed, String text, String base64) {}

    private Packing() {}

    /**
     * As readable as the words of a contract allow.
     *
     * @param tree with what is packed in its place, unpacked
     */
    static Form form(JsonNode tree, Payload payload) {
        if (payload == null) return new Form(tree, null, null, null);
        String at = payload.at();
        if (payload.as().equals("json")) {
            if (at == null && payload.unpack().isEmpty()) return new Form(tree, null, null, null);
            if (at == null && payload.unpack().equals(List.of("zip"))) return packed(tree, null, "zip");
            if (at != null && !at.contains(".") && payload.unpack().equals(List.of("base64")))
                return packed(tree, at, "base64");
        }
        try {
            byte[] bytes = pack(at == null ? tree : JsonPlace.of(at).in(tree), payload);
            if (at == null && !payload.unpack().isEmpty())
                return new Form(null, null, null, Base64.getEncoder().encodeToString(bytes));
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (at == null) return new Form(null, null, text, null);
            JsonNode whole = tree.deepCopy();
            Taken.put(whole, at, TextNode.valueOf(text));
            return new Form(whole, null, null, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Form packed(JsonNode tree, String at, String as) {
        return new Form(tree, new Contract.Exchange.Packed(at, as), null, null);
    }

    private static byte[] pack(JsonNode content, Payload payload) throws IOException {
        byte[] bytes = written(content, payload.as()).getBytes(StandardCharsets.UTF_8);
        List<String> inside = new ArrayList<>(payload.unpack());
        for (int i = inside.size() - 1; i >= 0; i--) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            switch (inside.get(i)) {
                case "base64" -> out.write(Base64.getEncoder().encode(bytes));
                case "gzip" -> {
                    try (OutputStream gzip = new GZIPOutputStream(out)) {
                        gzip.write(bytes);
                    }
                }
                default -> {
                    try (ZipOutputStream zip = new ZipOutputStream(out)) {
                        zip.putNextEntry(new ZipEntry("answers." + payload.as()));
                        zip.write(bytes);
                    }
                }
            }
            bytes = out.toByteArray();
        }
        return bytes;
    }

    private static String written(JsonNode content, String as) throws IOException {
        if (as.equals("json")) return JSON.writeValueAsString(content);
        List<JsonNode> rows = new ArrayList<>();
        content.forEach(rows::add);
        if (as.equals("ndjson")) return rows.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        CsvSchema.Builder columns = CsvSchema.builder();
        if (rows.isEmpty()) columns.addColumn("none");
        else rows.get(0).fieldNames().forEachRemaining(columns::addColumn);
        return new CsvMapper().writer(columns.build().withHeader()).writeValueAsString(rows);
    }
}
