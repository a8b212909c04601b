package bellwether.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A list of answers on loopback, filtered, sorted and cut like Wootric's, and as dishonest as a test wants it. */
final class ListServer implements AutoCloseable {
    static {
        // Head and body are two packets; without this each answer waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss Z").withZone(ZoneOffset.ofHours(-7));

    record Item(long id, Instant created, long person, String score) {
        String json() {
            return "{\"id\":" + id + ",\"end_user_id\":" + person + ",\"survey_id\":31,\"score\":" + score
                    + ",\"text\":\"" + id + "\",\"created_at\":\"" + SPACED.format(created) + "\",\"updated_at\":\""
                    + SPACED.format(created) + "\"}";
        }
    }

    record Person(long id, Instant updated, String email) {
        String json() {
            return "{\"id\":" + id + ",\"email\":\"" + email + "\",\"updated_at\":\"" + SPACED.format(updated) + "\"}";
        }
    }

    final List<Item> items = new ArrayList<>();
    final Map<Long, Person> people = new TreeMap<>();
    final List<String> asked = new ArrayList<>();
    /** Runs before a request is answered, with its number from 1. */
    java.util.function.IntConsumer before = number -> {};
    /** Changes a page that is about to be sent. */
    Function<List<String>, List<String>> lie = page -> page;
    /** A status other than 200 for a path, or null. */
    Function<String, Integer> refuse = path -> null;

    boolean ignoresFilter;

    private final HttpServer server;

    ListServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized void add(long id, Instant created) {
        items.add(new Item(id, created, 1, Long.toString(id % 11)));
    }

    List<String> ids() {
        return items.stream().map(item -> Long.toString(item.id)).toList();
    }

    long asked(String path) {
        return asked.stream().filter(request -> request.startsWith(path)).count();
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        asked.add(path + " " + new TreeMap<>(query));
        before.accept(asked.size());
        Integer refused = refuse.apply(path);
        int page = Integer.parseInt(query.getOrDefault("page", "1"));
        if (refused == null && page > 30) refused = 400;
        String body = refused != null ? "{}" : body(path, query, page);
        if (body == null) refused = 404;
        byte[] bytes = (body == null ? "{}" : body).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(refused == null ? 200 : refused, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String body(String path, Map<String, String> query, int page) {
        int size = Math.min(50, Integer.parseInt(query.getOrDefault("per_page", "25")));
        List<String> all;
        if (path.equals("/responses")) {
            all = items.stream()
                    .filter(inside(query, "created", Item::created))
                    .sorted(Comparator.comparing(Item::created).thenComparing(Item::id))
                    .map(Item::json)
                    .toList();
        } else if (path.equals("/end_users")) {
            all = people.values().stream()
                    .filter(inside(query, "updated", Person::updated))
                    .sorted(Comparator.comparing(Person::updated).thenComparing(Person::id))
                    .map(Person::json)
                    .toList();
        } else {
            Person person = people.get(Long.valueOf(path.substring(path.lastIndexOf('/') + 1)));
            return person == null ? null : person.json();
        }
        List<String> rows = all.stream().skip((page - 1L) * size).limit(size).collect(Collectors.toList());
        return "[" + String.join(",", lie.apply(rows)) + "]";
    }

    private <T> Predicate<T> inside(Map<String, String> query, String name, Function<T, Instant> at) {
        if (ignoresFilter) return row -> true;
        long from = Long.parseLong(query.get(name + "[gte]"));
        long to = Long.parseLong(query.get(name + "[lt]"));
        return row -> at.apply(row).getEpochSecond() >= from && at.apply(row).getEpochSecond() < to;
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

    @Override
    public void close() {
        server.stop(0);
    }
}
