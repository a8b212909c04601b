package bellwether.source;

import java.util.List;

/**
 * What the records of an answer are packed in.
 *
 * @param at place of the packed text in the answer, or null if the whole body is meant
 * @param unpack {@code base64}, {@code gzip}, {@code zip}, in order
 * @param as {@code json}, {@code ndjson} or {@code csv}
 */
public record Payload(String at, List<String> unpack, String as) {
    public Payload {
        unpack = unpack == null ? List.of() : List.copyOf(unpack);
        as = as == null ? "json" : as;
    }
}
