package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** A tool's file, and a customer's settings made up for it. */
final class Declaration {
    /** The ids of what the made-up surveys ask. */
    static final String RECOMMEND = "recommend";

    static final String WHY = "why";
    static final String SATISFIED = "satisfied";

    final JsonNode tool;
    private final Map<String, String> given = new TreeMap<>();

    Declaration(JsonNode tool) {
        this.tool = tool;
        JsonNode auth = auth();
        JsonNode verify = tool.at("/webhook/verify");
        List<String> proofs = Proof.settings(verify);
        tool.path("settings").properties().forEach(setting -> {
            boolean named = auth.toString().contains("{" + setting.getKey() + "}")
                    || grants(auth, setting.getKey())
                    || proofs.contains(setting.getKey());
            boolean required = setting.getValue().path("required").asBoolean();
            if ((required || named) && !setting.getValue().has("default")) {
                given.put(setting.getKey(), "demo-" + setting.getKey().replace('_', '-'));
            }
        });
        if (verify.path("kind").asText().equals(Proof.STANDARD)) {
            proofs.forEach(name -> given.computeIfPresent(
                    name,
                    (setting, text) -> "whsec_"
                            + Base64.getEncoder().encodeToString(text.repeat(2).getBytes(StandardCharsets.UTF_8))));
        }
        for (JsonNode rule : tool.path("responses").path("map")) {
            String setting = onlyById(rule);
            if (setting != null) {
                given.put(setting, rule == tool.at("/responses/map/score") ? RECOMMEND : WHY);
            }
        }
    }

    /** Of several ways of proving who one is the first; whoever connects is given the settings of that one. */
    JsonNode auth() {
        return tool.path("auth").isArray() ? tool.path("auth").get(0) : tool.path("auth");
    }

    private static boolean grants(JsonNode auth, String setting) {
        String kind = auth.path("kind").asText();
        List<String> own =
                switch (kind) {
                    case "oauth2_client_credentials" -> List.of("client_id", "client_secret");
                    case "oauth2_password" -> List.of("client_id", "client_secret", "username", "password");
                    case "oauth2_refresh" -> List.of("client_id", "client_secret", "refresh_token");
                    default -> List.of();
                };
        return own.contains(setting);
    }

    /** The setting that names a question, where nothing else tells which one is meant; else null. */
    private static String onlyById(JsonNode rule) {
        List<JsonNode> ways = list(rule.path("question"));
        String id = ways.size() == 1 && ways.get(0).size() == 1
                ? ways.get(0).path("id").asText("")
                : "";
        return id.matches("\\{\\w+}") ? id.substring(1, id.length() - 1) : null;
    }

    /** What a connection must say beside the address. */
    Map<String, String> given() {
        return Map.copyOf(given);
    }

    /** A setting as it is given, or its default, or null. */
    String setting(String name) {
        String own = given.get(name);
        JsonNode usual = tool.path("settings").path(name).path("default");
        return own != null || usual.isMissingNode() ? own : usual.asText();
    }

    /** Where the API lies below the host: the path of the declared address. */
    String root() {
        String address = tool.path("base_url").asText("");
        String host = address.replaceAll("\\{[^}]*}", "x");
        String path = host.isEmpty() ? "" : URI.create(host).getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** How it writes times; times of requests have forms of their own. */
    WireTime time() {
        return new WireTime(tool.path("time_formats").path(0).asText("iso"), zone());
    }

    ZoneId zone() {
        String zone = Blanks.fill(tool.path("naive_zone").asText("UTC"), this::setting);
        return zone == null ? ZoneOffset.UTC : ZoneId.of(zone);
    }

    /** A node that may stand alone or in a list. */
    static List<JsonNode> list(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return List.of();
        }
        return node.isArray()
                ? new ArrayList<>(
                        StreamSupport.stream(node.spliterator(), false).toList())
                : List.of(node);
    }
}
