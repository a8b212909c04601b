package bellwether.nps;

import bellwether.nps.Response.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The canonical form of a response's content: name and value of every field that has one, each text led by its length in bytes. */
final class ContentHash {
    private final ByteArrayOutputStream form = new ByteArrayOutputStream(512);

    static String of(Map<Field, Object> values) {
        ContentHash hash = new ContentHash();
        values.forEach((field, value) -> {
            if (value != null) {
                hash.text(field.name());
                hash.value(value);
            }
        });
        return HexFormat.of().formatHex(ResponseKey.sha256().digest(hash.form.toByteArray()));
    }

    private void value(Object value) {
        if (value instanceof List<?> list) {
            number(list.size());
            list.forEach(this::value);
        } else if (value instanceof Map<?, ?> map) {
            number(map.size());
            map.forEach((name, text) -> {
                value(name);
                value(text);
            });
        } else if (value instanceof Instant instant) {
            text(Long.toString(instant.toEpochMilli()));
        } else {
            text(value.toString());
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        form.writeBytes(bytes);
    }

    private void number(int number) {
        form.writeBytes(
                new byte[] {(byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number});
    }
}
