package bellwether.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers as a LimeSurvey 6.14.0 answered when it was recorded: the same method and parameters get the recorded bytes. An export that was
 * not asked for with just these fields and ids is cut out of the recorded rows, as the server does: completed ones, from id to id, the
 * fields by their names, participants joined by token for whoever may read them.
 */
final class RecordedLimeSurvey implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("src/test/resources/limesurvey");
    private static final List<String> PARTICIPANT = List.of("email", "firstname", "lastname");

    final List<String> asked = new ArrayList<>();
    /** Whether rows are those after the edits, deletions and late answers. */
    boolean later;

    private final Map<String, JsonNode> recorded = new HashMap<>();
    private final Map<String, JsonNode> people = new HashMap<>();
    private final Map<String, String> instead = new HashMap<>();
    private final Map<String, Integer> times = new HashMap<>();
    private final HttpServer server;

    RecordedLimeSurvey() throws IOException {
        for (JsonNode exchange : JSON.readTree(Files.readString(FOLDER.resolve("exchanges.json"))))
            recorded.put(exchange.path("name").asText(), exchange);
        for (String export : List.of("export_json_fields_with_person", "export_json_all_with_person"))
            for (JsonNode row : rows(export)) people.put(row.path("token").asText(), row);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    static JsonNode expected(String part) throws IOException {
        return JSON.readTree(Files.readString(FOLDER.resolve("expected.json"))).path(part);
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Answers a method by a recorded exchange of another call, so many times. */
    void instead(String method, String exchange, int often) {
        instead.put(method, exchange);
        times.put(method, often);
    }

    private synchronized void answer(HttpExchange http) throws IOException {
        JsonNode request = JSON.readTree(http.getRequestBody().readAllBytes());
        String method = request.path("method").asText();
        JsonNode params = request.path("params");
        asked.add(method
                + (method.equals("get_session_key") ? "" : " " + params.path(1).asText()));
        if (times.merge(method, -1, Integer::sum) >= 0) send(http, recorded.get(instead.get(method)));
        else send(http, method, params);
    }

    private void send(HttpExchange http, String method, JsonNode params) throws IOException {
        for (JsonNode exchange : recorded.values()) {
            JsonNode body = body(exchange);
            if (body != null
                    && body.path("method").asText().equals(method)
                    && body.path("params").equals(params)) {
                send(http, exchange);
                return;
            }
        }
        String survey = params.path(1).asText();
        if (method.equals("get_fieldmap")) send(http, result(fields(survey)));
        else if (method.equals("export_responses") && survey.equals("846756"))
            send(http, recorded.get("export_active_without_responses"));
        else if (method.equals("export_responses")) send(http, result(packed(export(params, survey))));
        else send(http, 599, "text/plain", "not recorded: " + method + " " + params);
    }

    /** Of a survey whose fields were not recorded just what every survey has. */
    private JsonNode fields(String survey) throws IOException {
        ObjectNode fields =
                (ObjectNode) map(survey.equals("628534") ? "get_fieldmap_anonymous_survey" : "get_fieldmap");
        if (survey.equals("846756"))
            fields.properties()
                    .removeIf(field -> !field.getValue().path("title").asText().isEmpty());
        return fields;
    }

    private JsonNode map(String exchange) throws IOException {
        return JSON.readTree(
                        recorded.get(exchange).path("response").path("body").asText())
                .path("result");
    }

    private ObjectNode export(JsonNode params, String survey) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode rows = answer.putArray("responses");
        boolean named = survey.equals("517423");
        JsonNode fields = fields(survey);
        for (JsonNode row : rows(
                named
                        ? later ? "export_json_all_after_respondents_came_back" : "export_json_all"
                        : "export_json_anonymous_all")) {
            int id = row.path("id").asInt();
            boolean inside =
                    id >= params.path(7).asInt() && id <= params.path(8).asInt();
            if (!inside
                    || params.path(4).asText().equals("complete")
                            && row.path("submitdate").isNull()) continue;
            ObjectNode cut = rows.addObject();
            boolean mayRead = named && params.path(0).asText().contains("admin");
            JsonNode person = mayRead ? people.get(row.path("token").asText()) : null;
            for (JsonNode field : params.path(9)) {
                String name = field.asText();
                if (PARTICIPANT.contains(name)) cut.set(name, person == null ? null : person.path(name));
                else cut.set(code(fields, name), row.path(code(fields, name)));
            }
        }
        return answer;
    }

    private static String code(JsonNode fields, String name) {
        JsonNode field = fields.path(name);
        String title = field.path("title").asText();
        String part = field.path("aid").asText();
        return title.isEmpty() ? name : part.isEmpty() ? title : title + "[" + part + "]";
    }

    private JsonNode rows(String export) throws IOException {
        String packed = JSON.readTree(
                        recorded.get(export).path("response").path("body").asText())
                .path("result")
                .asText();
        return JSON.readTree(Base64.getDecoder().decode(packed)).path("responses");
    }

    private static JsonNode packed(ObjectNode answer) {
        return JSON.getNodeFactory()
                .textNode(Base64.getEncoder().encodeToString(answer.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static JsonNode body(JsonNode exchange) {
        try {
            return JSON.readTree(exchange.path("request").path("body").asText());
        } catch (IOException e) {
            return null;
        }
    }

    private static String result(JsonNode result) {
        ObjectNode answer = JSON.createObjectNode().put("id", 4);
        answer.set("result", result);
        answer.putNull("error");
        return answer.toString();
    }

    private static void send(HttpExchange http, JsonNode exchange) throws IOException {
        JsonNode response = exchange.path("response");
        String type = response.path("headers").path("content-type").asText("text/html; charset=UTF-8");
        send(http, response.path("status").asInt(), type, response.path("body").asText());
    }

    private static void send(HttpExchange http, String json) throws IOException {
        send(http, 200, "application/json", json);
    }

    private static void send(HttpExchange http, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        http.getResponseHeaders().set("Content-Type", type);
        http.getResponseHeaders().set("Connection", "close");
        http.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        http.getResponseBody().write(body);
        http.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
