package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of a list.
 *
 * @param items on it
 * @param places what the answer says beside the rows, by place
 * @param link the next page's address for the header Link, or null
 */
record Leaf(List<Item> items, Map<String, JsonNode> places, String link) {
    private static final String NEXT = "sim_page";
    private static final int USUAL = 25;

    /**
     * Cuts the page that is asked for, and refuses what the tool refuses: rows beyond its most, pages beyond its last.
     *
     * @param base where the tool lives, for absolute addresses
     * @param row how an item is written, for tokens that stand in rows
     */
    static Leaf cut(
            List<Item> all,
            JsonNode paging,
            Asked asked,
            String base,
            java.util.function.Function<Item, JsonNode> row) {
        String kind = paging.path("kind").asText("none");
        if (kind.equals("none")) {
            return new Leaf(all, Map.of(), null);
        }
        int most = paging.path("most").asInt(Integer.MAX_VALUE);
        int size = asked.number("size", paging.path("size"), Math.min(USUAL, most));
        if (size < 1 || size > most) {
            throw new Refused("a page has from 1 to " + most + " rows, not " + size);
        }
        int from = from(kind, all, paging, asked, size, row);
        int to = Math.min(all.size(), from + size);
        if (paging.has("cap")
                && (from >= paging.get("cap").asInt() || to > paging.get("cap").asInt() && !kind.equals("cursor"))) {
            throw new Refused("no more than " + paging.get("cap").asInt() + " rows can be reached");
        }
        boolean more = to < all.size();
        Map<String, JsonNode> places = new HashMap<>();
        put(places, paging, "more", BooleanNode.valueOf(more));
        put(places, paging, "pages", IntNode.valueOf((all.size() + size - 1) / size));
        put(places, paging, "total", IntNode.valueOf(all.size()));
        if (!more || kind.equals("row")) {
            return new Leaf(all.subList(from, to), places, null);
        }
        String next = kind.equals("cursor") ? "at-" + to : address(asked, base, to);
        if (!kind.equals("link")) {
            put(places, paging, "next", TextNode.valueOf(next));
        }
        String rel = paging.path("rel").asText("next");
        return new Leaf(
                all.subList(from, to), places, kind.equals("link") ? "<" + next + ">; rel=\"" + rel + '"' : null);
    }

    private static void put(Map<String, JsonNode> places, JsonNode paging, String what, JsonNode value) {
        if (paging.path(what).isTextual()) {
            places.put(paging.get(what).asText(), value);
        }
    }

    private static int from(
            String kind,
            List<Item> all,
            JsonNode paging,
            Asked asked,
            int size,
            java.util.function.Function<Item, JsonNode> row) {
        switch (kind) {
            case "page":
                int first = paging.path("first").asInt(1);
                int page = asked.number("page", paging.path("page"), first);
                if (page < first || page > paging.path("last").asInt(Integer.MAX_VALUE)) {
                    throw new Refused("there is no page " + page);
                }
                return (int) Math.min(all.size(), (long) (page - first) * size);
            case "offset":
                return Math.min(all.size(), asked.number("offset", paging.path("offset"), 0));
            case "cursor":
                String token = asked.value("token", paging.path("token"));
                return token == null ? 0 : place(token.replaceFirst("^at-", ""), all);
            case "next", "link":
                List<String> given = asked.parameters().get(NEXT);
                return given == null ? 0 : place(given.get(0), all);
            case "row":
                return after(
                        asked.value("token", paging.path("token")),
                        all,
                        paging.path("next").asText(),
                        row);
            default:
                throw new IllegalArgumentException("The simulator does not know paging of the kind " + kind + ".");
        }
    }

    private static int place(String text, List<Item> all) {
        return (int) Math.min(all.size(), Window.number("token", text));
    }

    /** The place behind the row that the token was taken from. */
    private static int after(
            String token, List<Item> all, String place, java.util.function.Function<Item, JsonNode> row) {
        if (token == null) {
            return 0;
        }
        for (int i = 0; i < all.size(); i++) {
            JsonNode told = Places.at(row.apply(all.get(i)), place);
            if (told != null && told.asText().equals(token)) {
                return i + 1;
            }
        }
        throw new Refused("the token " + token + " stands in no row");
    }

    /** The same request for the page that begins at a row. */
    private static String address(Asked asked, String base, int from) {
        StringBuilder address =
                new StringBuilder(base).append(asked.request().path()).append('?');
        asked.parameters()
                .forEach((name, values) -> values.forEach(value -> {
                    if (!name.equals(NEXT)) {
                        address.append(encoded(name))
                                .append('=')
                                .append(encoded(value))
                                .append('&');
                    }
                }));
        return address.append(NEXT).append('=').append(from).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
