package bellwether.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a notice shows that it comes from the tool, as its file declares under {@code verify}. */
final class Proof {
    static final String STANDARD = "standard_webhooks";
    static final String PATH = "webhook_path";

    private final Declaration declaration;
    private final JsonNode verify;
    private final String kind;

    Proof(Declaration declaration) {
        this.declaration = declaration;
        this.verify = declaration.tool.at("/webhook/verify");
        this.kind = verify.path("kind").asText();
    }

    /** What stands behind the address, or nothing. */
    String suffix() {
        return kind.equals("path") ? "/" + declaration.setting(PATH) : "";
    }

    Map<String, String> headers(String id, byte[] body, Instant now) {
        String seconds = Long.toString(now.getEpochSecond());
        Map<String, String> headers = new TreeMap<>();
        switch (kind) {
            case "token" -> headers.put(verify.path("header").asText(), filled("value"));
            case STANDARD -> {
                byte[] key = Base64.getDecoder().decode(filled("secret").replaceFirst("^whsec_", ""));
                byte[] hash = hash("sha256", key, joined(id + "." + seconds + ".{body}", body, seconds));
                headers.put("webhook-id", id);
                headers.put("webhook-timestamp", seconds);
                headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(hash));
            }
            case "hmac" -> {
                byte[] signed = joined(verify.path("of").asText("{body}"), body, seconds);
                byte[] hash =
                        hash(verify.path("algorithm").asText(), filled("key").getBytes(UTF_8), signed);
                String written = verify.path("encoding").asText().equals("hex")
                        ? HexFormat.of().formatHex(hash)
                        : Base64.getEncoder().encodeToString(hash);
                headers.put(
                        verify.path("header").asText(), verify.path("prefix").asText("") + written);
                if (verify.has("timestamp")) {
                    headers.put(verify.get("timestamp").asText(), seconds);
                }
            }
            default -> {}
        }
        return headers;
    }

    private String filled(String what) {
        return Blanks.fill(verify.path(what).asText(), declaration::setting);
    }

    private static byte[] joined(String of, byte[] body, String seconds) {
        String text = of.replace("{timestamp}", seconds).replace("{body}", new String(body, UTF_8));
        return text.getBytes(UTF_8);
    }

    private static byte[] hash(String algorithm, byte[] key, byte[] content) {
        String name = algorithm.equals("sha1") ? "HmacSHA1" : "HmacSHA256";
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(key, name));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no " + name, e);
        }
    }

    /** The names that stand in what is declared, which a customer must have set. */
    static List<String> settings(JsonNode verify) {
        List<String> names = new ArrayList<>();
        if (verify.path("kind").asText().equals("path")) {
            names.add(PATH);
        }
        for (String what : List.of("key", "secret", "value")) {
            names.addAll(Blanks.names(verify.path(what).asText()));
        }
        return names;
    }
}
