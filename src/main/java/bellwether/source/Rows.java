package bellwether.source;

import bellwether.mapping.JsonPlace;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Iterator;

/** Reads records one by one out of a stream; what is broken in it ends in an {@link java.io.UncheckedIOException} of the iterator. */
public final class Rows {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final CsvMapper CSV =
            CsvMapper.builder().enable(CsvParser.Feature.SKIP_EMPTY_LINES).build();

    private Rows() {}

    /** Objects one after the other, a line each. */
    public static Iterator<JsonNode> ndjson(InputStream in) throws IOException {
        return JSON.readerFor(JsonNode.class).readValues(in);
    }

    /** Rows under a header; every value is text. */
    public static Iterator<JsonNode> csv(InputStream in) throws IOException {
        return CSV.readerFor(JsonNode.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(in);
    }

    /** The items of the list at a place. Dotted names are walked without reading what stands beside them. */
    static Iterator<JsonNode> json(InputStream in, String place) throws IOException {
        if (place.startsWith("$.")) {
            JsonNode list = JsonPlace.of(place).in(JSON.readTree(in));
            if (list == null || !list.isArray()) throw new IOException("not a list");
            return list.iterator();
        }
        JsonParser parser = JSON.createParser(in);
        parser.nextToken();
        for (String name : place.equals("$") ? new String[0] : place.split("\\.")) enter(parser, name);
        if (parser.currentToken() != JsonToken.START_ARRAY) throw new IOException("not a list");
        // An iterator that begins at the end of a list would take that for a broken value.
        if (parser.nextToken() == JsonToken.END_ARRAY) return Collections.emptyIterator();
        return JSON.readerFor(JsonNode.class).readValues(parser);
    }

    private static void enter(JsonParser parser, String name) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) throw new IOException("no block " + name);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean here = parser.currentName().equals(name);
            parser.nextToken();
            if (here) return;
            parser.skipChildren();
        }
        throw new IOException("no block " + name);
    }
}
