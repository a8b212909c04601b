package bellwether.http;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the body of a reply as JSON, exactly: numbers as they stand, nothing after the end. */
final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s;\"]+)");

    private Json() {}

    /** The parsed body, or null when it is empty, cut off, {@code null} or not JSON at all. */
    static JsonNode parse(Reply reply) {
        try {
            Charset charset = charset(reply.headers().get("content-type"));
            JsonNode json = charset == null
                    ? MAPPER.readTree(reply.body())
                    : MAPPER.readTree(new String(reply.body(), charset));
            return json == null || json.isMissingNode() || json.isNull() ? null : json;
        } catch (IOException e) {
            return null;
        }
    }

    /** A declared encoding that is not one of JSON's own, which Jackson finds out by itself. */
    private static Charset charset(String contentType) {
        Matcher named = CHARSET.matcher(contentType == null ? "" : contentType);
        if (!named.find() || named.group(1).toLowerCase(java.util.Locale.ROOT).startsWith("utf")) {
            return null;
        }
        try {
            return Charset.forName(named.group(1));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return null;
        }
    }
}
