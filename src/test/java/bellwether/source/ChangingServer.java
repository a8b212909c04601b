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
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A list on loopback that can be asked in every way in which lists are cut, and that changes while it is read. The path says how:
 * {@code /page}, {@code /page/<number>}, {@code /offset}, {@code /cursor}, {@code /row}, {@code /next}, {@code /absolute}, {@code /link},
 * {@code /all}; parameters say by which instant ({@code by}), in which order ({@code order}), with which bounds ({@code bounds}).
 */
public final class ChangingServer implements AutoCloseable {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A row; the version goes into its comment. */
    record Item(long id, Instant created, Instant updated, int version) {
        Instant at(String by) {
            return by.equals("updated") ? updated : created;
        }
    }

    final Map<Long, Item> items = new HashMap<>();
    private final NavigableSet<Item> created = new TreeSet<>(order("created"));
    private final NavigableSet<Item> updated = new TreeSet<>(order("updated"));
    public final List<String> asked = new ArrayList<>();
    /** Runs before a request is answered. */
    Runnable before = () -> {};
    /** True for a tool that knows nothing for a while and says so with status 200. */
    boolean empty;

    private final HttpServer server;

    public ChangingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void put(long id, Instant created, Instant updated, int version) {
        remove(id);
        Item item = new Item(id, created, updated, version);
        items.put(id, item);
        this.created.add(item);
        this.updated.add(item);
    }

    void remove(long id) {
        Item item = items.remove(id);
        if (item == null) return;
        created.remove(item);
        updated.remove(item);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        byte[] sent = exchange.getRequestBody().readAllBytes();
        asked.add(exchange.getRequestMethod() + " " + path + " " + new TreeMap<>(query));
        before.run();
        JsonNode body = sent.length == 0 ? JSON.createObjectNode() : JSON.readTree(sent);
        body.properties()
                .forEach(field ->
                        query.putIfAbsent(field.getKey(), field.getValue().asText()));
        ObjectNode answer = JSON.createObjectNode();
        List<Item> all = empty ? List.of() : chosen(query);
        int size = Integer.parseInt(query.getOrDefault("size", "20"));
        String kind = path.split("/")[1];
        switch (kind) {
            case "page" -> {
                String number = path.split("/").length > 2 ? path.split("/")[2] : query.get("page");
                int first = Integer.parseInt(query.getOrDefault("first", "1"));
                rows(answer, all, (long) (Integer.parseInt(number) - first) * size, size);
                answer.put("pages", Integer.toString((all.size() + size - 1) / size));
            }
            case "offset" -> {
                long from = Long.parseLong(query.get("offset"));
                if (from + size > Long.parseLong(query.getOrDefault("cap", "100000000"))) {
                    exchange.sendResponseHeaders(400, -1);
                    exchange.close();
                    return;
                }
                rows(answer, all, from, size);
                answer.put("total", all.size());
            }
            case "row" -> {
                List<Item> left = after(all, query.get("token"), query);
                rows(answer, left, 0, size);
            }
            case "all" -> rows(answer, all, 0, Integer.MAX_VALUE);
            default -> keyset(kind, path, exchange, query, all, size, answer);
        }
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** Tokens and addresses that go on behind the last row. */
    private void keyset(
            String kind,
            String path,
            HttpExchange exchange,
            Map<String, String> query,
            List<Item> all,
            int size,
            ObjectNode answer) {
        List<Item> left = after(all, query.get("token"), query);
        rows(answer, left, 0, size);
        boolean more = left.size() > size;
        answer.put("more", more);
        if (!more) return;
        Item last = left.get(size - 1);
        String token = last.at(by(query)).toEpochMilli() + "." + last.id;
        StringBuilder next = new StringBuilder(path + "?token=" + token);
        query.forEach((name, value) -> {
            boolean inBody = exchange.getRequestMethod().equals("POST");
            if (!name.equals("token") && !inBody)
                next.append('&').append(name).append('=').append(encoded(value));
        });
        if (kind.equals("link"))
            exchange.getResponseHeaders()
                    .add("Link", "<" + base() + "/first>; rel=\"first\", <" + base() + next + ">; rel=\"next\"");
        else answer.put("next", kind.equals("cursor") ? token : kind.equals("absolute") ? base() + next : "" + next);
    }

    private static List<Item> after(List<Item> all, String token, Map<String, String> query) {
        if (token == null) return all;
        boolean keyed = token.contains(".");
        long id = Long.parseLong(keyed ? token.split("\\.")[1] : token.split("-")[1]);
        Instant at = Instant.ofEpochMilli(Long.parseLong(keyed ? token.split("\\.")[0] : token.split("-")[0]));
        Comparator<Item> order = order(query);
        Item mark = new Item(id, at, at, 0);
        int found = Collections.binarySearch(all, mark, order);
        return all.subList(found < 0 ? -found - 1 : found + 1, all.size());
    }

    private void rows(ObjectNode answer, List<Item> all, long from, int size) {
        ArrayNode rows = answer.putArray("data");
        all.stream().skip(from).limit(size).forEach(item -> rows.addObject()
                .put("id", item.id)
                .put("token", item.created.toEpochMilli() + "-" + item.id)
                .put("score", item.id % 11)
                .put("text", "v" + item.version)
                .put("created", item.created.toString())
                .put("updated", item.updated.toString()));
    }

    private List<Item> chosen(Map<String, String> query) {
        String bounds = query.getOrDefault("bounds", "[)");
        Instant from = instant(query.get("from"));
        Instant to = instant(query.get("to"));
        boolean coarse = query.containsKey("from") && query.get("from").matches("[0-9]{1,11}");
        String by = by(query);
        NavigableSet<Item> sorted = by.equals("updated") ? updated : created;
        // A second of room on either side, as some bounds are coarse.
        if (from != null) sorted = sorted.tailSet(mark(from.minusSeconds(1)), true);
        if (to != null) sorted = sorted.headSet(mark(to.plusSeconds(1)), true);
        return ("desc".equals(query.get("order")) ? sorted.descendingSet() : sorted)
                .stream()
                        .filter(item -> {
                            Instant at = item.at(by);
                            if (coarse) at = Instant.ofEpochSecond(at.getEpochSecond());
                            int low = from == null ? 1 : at.compareTo(from);
                            int high = to == null ? -1 : at.compareTo(to);
                            return (low > 0 || low == 0 && bounds.startsWith("["))
                                    && (high < 0 || high == 0 && bounds.endsWith("]"));
                        })
                        .toList();
    }

    private static Comparator<Item> order(Map<String, String> query) {
        Comparator<Item> order = order(by(query));
        return "desc".equals(query.get("order")) ? order.reversed() : order;
    }

    private static Comparator<Item> order(String by) {
        return Comparator.comparing((Item item) -> item.at(by)).thenComparing(Item::id);
    }

    private static Item mark(Instant at) {
        return new Item(0, at, at, 0);
    }

    private static String by(Map<String, String> query) {
        return query.getOrDefault("by", "created");
    }

    private static Instant instant(String text) {
        if (text == null) return null;
        if (text.matches("[0-9]{1,11}")) return Instant.ofEpochSecond(Long.parseLong(text));
        return text.matches("[0-9]+") ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (raw == null) return query;
        for (String part : raw.split("&")) {
            String[] pair = part.split("=", 2);
            query.put(decoded(pair[0]), decoded(pair[1]));
        }
        return query;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
