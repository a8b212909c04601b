package bellwether.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;

/** A JSON object on every line. */
final class JsonRows implements FileRows {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final BufferedReader reader;
    private long line;
    private String next;

    JsonRows(BufferedReader reader) throws IOException {
        this.reader = reader;
        advance();
    }

    @Override
    public List<String> columns() {
        return List.of();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public FileRow next() {
        if (next == null) throw new NoSuchElementException();
        long at = line;
        String text = next;
        try {
            JsonNode node = JSON.readTree(text);
            advance();
            return node instanceof ObjectNode object
                    ? new FileRow(at, object, null)
                    : new FileRow(at, wrapped(text), "The line is no JSON object.");
        } catch (JsonProcessingException e) {
            advance();
            return new FileRow(at, wrapped(text), "The line is no JSON: " + e.getOriginalMessage() + ".");
        } catch (IOException e) {
            throw FileText.stopped(e, at);
        }
    }

    private static ObjectNode wrapped(String text) {
        return JSON.createObjectNode().put("line", text);
    }

    private void advance() {
        try {
            do {
                next = reader.readLine();
                line++;
            } while (next != null && next.isBlank());
        } catch (IOException e) {
            throw FileText.stopped(e, line);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
