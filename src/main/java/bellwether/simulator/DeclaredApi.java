package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** The endpoints that a tool's file declares. */
final class DeclaredApi implements Service {
    private record Endpoint(JsonNode declared, Function<Asked, Answer> serve) {}

    private record Found(Endpoint endpoint, Asked asked) {}

    private final Declaration declaration;
    private final Stock stock;
    private final Refusal refusal;
    private final Door door;
    private final Allowance allowance;
    private final Clock clock;
    private final Exporting exporting;
    private final List<Endpoint> endpoints = new ArrayList<>();

    DeclaredApi(Declaration declaration, Stock stock, Clock clock, int callsPerMinute) {
        this.declaration = declaration;
        this.stock = stock;
        this.clock = clock;
        this.refusal = new Refusal(declaration);
        this.door = new Door(declaration, refusal, clock);
        this.allowance = new Allowance(declaration, clock, callsPerMinute);
        JsonNode tool = declaration.tool;
        JsonNode responses = tool.path("responses");
        this.exporting = responses.has("export") ? new Exporting(responses.get("export"), refusal) : null;
        var questions = new Questions(declaration, stock);
        if (tool.has("parents")) {
            endpoints.add(new Endpoint(
                    tool.get("parents"),
                    asked -> page(tool.get("parents"), asked, questions.surveys(), questions::row)));
            endpoints.add(new Endpoint(tool.at("/parents/questions"), questions::asked));
        }
        add(responses, stock::responses);
        if (tool.at("/webhook/thin").isTextual()) {
            thin(tool.at("/webhook/thin").asText(), new RowWriter(declaration, responses));
        }
        add(tool.path("respondents"), stock::people);
        add(tool.path("sends"), stock::sends);
    }

    private void add(JsonNode stream, Supplier<List<Item>> items) {
        RowWriter writer = new RowWriter(declaration, stream);
        JsonNode paging = stream.path("paging");
        String token =
                paging.path("kind").asText().equals("row") ? paging.path("next").asText() : null;
        Function<Item, JsonNode> row = item -> {
            ObjectNode written = writer.write(item).row();
            if (token != null && Places.at(written, token) == null) {
                Places.put(written, token, TextNode.valueOf(item.id()));
            }
            return written;
        };
        if (stream.has("path")) {
            endpoints.add(new Endpoint(stream, asked -> page(stream, asked, items.get(), row)));
        }
        if (stream.has("batch")) {
            JsonNode batch = stream.get("batch");
            endpoints.add(new Endpoint(batch, asked -> several(batch, asked, items.get(), row)));
        }
        if (stream.has("one")) {
            ObjectNode one = JsonNodeFactory.instance
                    .objectNode()
                    .put("path", stream.get("one").asText());
            endpoints.add(new Endpoint(one, asked -> items.get().stream()
                    .filter(item -> item.id().equals(asked.found().get("id")))
                    .findFirst()
                    .map(item -> Answer.json(200, row.apply(item)))
                    .orElse(refusal.unknown("record"))));
        }
    }

    /** Those whose ids are named, in an order of the tool's own; who is not known is not in it. */
    private Answer several(JsonNode batch, Asked asked, List<Item> all, Function<Item, JsonNode> row) {
        String named = asked.found().get("ids");
        for (Map.Entry<String, JsonNode> parameter : batch.path("query").properties()) {
            boolean ids = parameter.getValue().toString().contains("{ids}");
            named = ids ? asked.value("ids", TextNode.valueOf(parameter.getKey())) : named;
        }
        List<String> ids = named == null ? List.of() : List.of(named.split(","));
        if (ids.isEmpty() || ids.size() > batch.path("most").asInt()) {
            throw new Refused(
                    "from 1 to " + batch.path("most").asInt() + " can be asked for at once, not " + ids.size());
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        all.stream().filter(item -> ids.contains(item.id())).forEach(item -> rows.insert(0, row.apply(item)));
        return Packing.answer(batch, rows, Map.of());
    }

    /** A single answer, as a notice that only names it has it asked for: its own id stands last in the path. */
    private void thin(String path, RowWriter rows) {
        List<String> names = Blanks.names(path);
        ObjectNode one = JsonNodeFactory.instance.objectNode().put("path", path);
        endpoints.add(new Endpoint(one, asked -> stock.responses().stream()
                .filter(item -> names.stream().allMatch(name -> asked.found()
                        .get(name)
                        .equals(
                                name.equals(names.get(names.size() - 1))
                                        ? item.id()
                                        : item.survey().id())))
                .findFirst()
                .map(item -> Answer.json(200, rows.write(item).row()))
                .orElse(refusal.unknown("response"))));
    }

    @Override
    public String endpoint(Request request) {
        Found found = find(request);
        return request.method() + " "
                + (found == null
                        ? request.path()
                        : found.endpoint().declared().path("path").asText());
    }

    @Override
    public Object error(int status) {
        return Map.of("status", status);
    }

    @Override
    public Answer control(Request request, String what) {
        return null;
    }

    @Override
    public Answer answer(Request request) {
        Answer login = door.login(request, path(request));
        if (login != null) {
            return login;
        }
        Found found = find(request);
        Answer refused =
                door.check(request, found == null ? null : found.asked().found().get("session"));
        if (refused != null) {
            return refused;
        }
        return allowance.spend(() -> served(request, found));
    }

    private Answer served(Request request, Found found) {
        try {
            if (found != null) {
                fixed(found.endpoint().declared(), found.asked());
                return found.endpoint().serve().apply(found.asked());
            }
            JsonNode responses = declaration.tool.path("responses");
            Answer exported = exporting == null
                    ? null
                    : exporting.answer(request, path(request), declaration::setting, order -> {
                        RowWriter rows = new RowWriter(declaration, responses);
                        return file(responses, new Listing(declaration, responses).of(stock.responses(), order), rows);
                    });
            return exported == null ? refusal.unknown("path") : exported;
        } catch (Refused wrong) {
            return Refusal.plain(400, wrong.getMessage());
        }
    }

    private static Answer file(JsonNode stream, List<Item> items, RowWriter rows) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        items.forEach(item -> all.add(rows.write(item).row()));
        return Packing.answer(stream, all, Map.of());
    }

    private String path(Request request) {
        String root = declaration.root();
        return request.path().startsWith(root) ? request.path().substring(root.length()) : request.path();
    }

    private Found find(Request request) {
        for (Endpoint endpoint : endpoints) {
            Asked asked = endpoint.declared().has("path")
                    ? Asked.of(request, path(request), endpoint.declared(), "GET", declaration::setting)
                    : null;
            if (asked != null) {
                return new Found(endpoint, asked);
            }
        }
        return null;
    }

    /** What every client must say: the tool means something else without it. */
    private void fixed(JsonNode endpoint, Asked asked) {
        endpoint.path("query").properties().forEach(parameter -> {
            List<String> given = asked.parameters().getOrDefault(parameter.getKey(), List.of());
            for (JsonNode value : Declaration.list(parameter.getValue())) {
                String wanted = Blanks.fill(value.asText(), name -> null);
                if (wanted != null && !given.contains(wanted)) {
                    throw new Refused(parameter.getKey() + " should be " + wanted);
                }
            }
        });
    }

    private Answer page(JsonNode stream, Asked asked, List<Item> all, Function<Item, JsonNode> row) {
        String parent = asked.found().get("parent.id");
        if (parent != null && stock.survey(parent) == null) {
            return refusal.unknown("survey " + parent);
        }
        if (parent != null
                && refusal.empty() != null
                && all.stream().noneMatch(item -> item.survey().id().equals(parent))) {
            return refusal.empty();
        }
        Leaf leaf = leaf(stream, asked, all, row);
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        leaf.items().forEach(item -> rows.add(row.apply(item)));
        Answer answer = Packing.answer(stream, rows, leaf.places());
        return leaf.link() == null ? answer : answer.with("Link", leaf.link());
    }

    private Leaf leaf(JsonNode stream, Asked asked, List<Item> all, Function<Item, JsonNode> row) {
        if (stream.at("/cursor/kind").asText().equals("own")) {
            return new Changes(declaration, stream.get("cursor"), clock).after(all, asked);
        }
        List<Item> items = new Listing(declaration, stream).of(all, asked);
        return Leaf.cut(
                items, stream.path("paging"), asked, "http://" + asked.request().header("host"), row);
    }
}
