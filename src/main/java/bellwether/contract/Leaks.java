package bellwether.contract;

import bellwether.mapping.Template;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Looks for texts that must not stand in a file, however they are written there: plain, percent-encoded, in base64. */
final class Leaks {
    private Leaks() {}

    /** How many of them are there, in names and values. */
    static long in(JsonNode file, Collection<String> hidden) {
        StringBuilder text = new StringBuilder();
        gather(file, text);
        return hidden.stream().filter(one -> holds(text.toString(), one)).count();
    }

    private static void gather(JsonNode node, StringBuilder text) {
        node.properties().forEach(field -> text.append(field.getKey()).append('\n'));
        node.forEach(inner -> gather(inner, text));
        if (node.isValueNode()) text.append(node.asText()).append('\n');
    }

    private static boolean holds(String text, String hidden) {
        for (String written : List.of(hidden, Template.encode(hidden))) {
            String whole = "(?<![\\p{L}\\p{N}_])" + Pattern.quote(written) + "(?![\\p{L}\\p{N}_])";
            if (Pattern.compile(whole, hidden.contains("@") ? Pattern.CASE_INSENSITIVE : 0)
                    .matcher(text)
                    .find()) return true;
        }
        byte[] bytes = hidden.getBytes(StandardCharsets.UTF_8);
        for (int shift = 0; shift < 3; shift++) if (text.contains(base64(bytes, shift))) return true;
        return false;
    }

    /** What is the same in base64 wherever the bytes stand in what is encoded: without the letters at both ends. */
    private static String base64(byte[] bytes, int shift) {
        byte[] moved = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, moved, shift, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(moved);
        return encoded.substring(shift == 0 ? 0 : shift + 1, encoded.length() - 1);
    }
}
