package bellwether.source;

import bellwether.http.Request;
import bellwether.mapping.JsonTemplate;
import bellwether.mapping.Template;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Composes one request from what is declared and what is known: settings, words of the parent, and the values of this page. A value
 * whose name stands in the path, query or body is not sent as a parameter of its own.
 */
final class Asking {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    private final Connection connection;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final List<Paging.Parameter> parameters = new ArrayList<>();
    private JsonNode parent;
    private boolean reads = true;

    Asking(Connection connection) {
        this.connection = connection;
    }

    /** Says that the call makes something over there, so that it is not sent twice on a mere suspicion. */
    Asking making() {
        reads = false;
        return this;
    }

    /** The words of the parent, reachable as {@code parent.<word>}. */
    Asking parent(JsonNode words) {
        this.parent = words;
        return this;
    }

    /** A value that stands in placeholders only. */
    Asking with(String word, JsonNode value) {
        values.put(word, value);
        return this;
    }

    Asking with(String word, String value) {
        return with(word, value == null ? null : TextNode.valueOf(value));
    }

    /** A value that is sent as a parameter, unless it stands in a placeholder. */
    Asking with(Paging.Parameter parameter) {
        parameters.add(parameter);
        String value = parameter.value();
        boolean number = value != null
                && !parameter.word().equals("token")
                && NUMBER.matcher(value).matches();
        return with(
                parameter.word(),
                value == null
                        ? null
                        : number ? BigIntegerNode.valueOf(new BigInteger(value)) : TextNode.valueOf(value));
    }

    /** The request; null if the path names a setting that is not set. */
    Request request(String method, String path, Map<String, List<String>> query, JsonTemplate body) {
        Set<String> used = names(path, query, body);
        List<Request.Parameter> all = new ArrayList<>();
        parameters.stream()
                .filter(p -> p.word().equals("from") || p.word().equals("to"))
                .forEach(p -> add(all, p, used));
        query.forEach((name, texts) -> texts.forEach(text -> {
            String value = Template.of(text).fill(this::text);
            if (value != null) all.add(new Request.Parameter(name, value));
        }));
        parameters.stream()
                .filter(p -> !p.word().equals("from") && !p.word().equals("to"))
                .forEach(p -> add(all, p, used));
        String full = Template.of(path).address(this::text);
        return full == null ? null : request(method, full, all, body);
    }

    /** The same for a page that is told by its address: that replaces path and parameters, a body is sent again. */
    Request at(String address, String method, String path, JsonTemplate body) {
        String asked = Template.of(path).address(this::text);
        return asked == null ? null : request(method, resolved(address, asked), List.of(), body);
    }

    private Request request(String method, String path, List<Request.Parameter> query, JsonTemplate body) {
        byte[] bytes = body == null ? null : body.fill(this::value).toString().getBytes(StandardCharsets.UTF_8);
        return new Request(method, path, List.copyOf(query), Map.of(), body == null ? null : "application/json", bytes);
    }

    private static void add(List<Request.Parameter> all, Paging.Parameter p, Set<String> used) {
        if (p.name() != null && p.value() != null && !used.contains(p.word()))
            all.add(new Request.Parameter(p.name(), p.value()));
    }

    /** An address as the tool gave it, seen from the page that gave it (RFC 3986): absolute, or without a host, or only a query. */
    private String resolved(String address, String asked) {
        String base = connection.baseUrl();
        String here = (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + asked;
        if (address.startsWith("?")) return here.replaceAll("\\?.*", "") + address;
        try {
            return URI.create(here).resolve(address).toString();
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    private String text(String name) {
        JsonNode value = value(name);
        return value == null || value.isNull() ? null : value.isValueNode() ? value.asText() : value.toString();
    }

    private JsonNode value(String name) {
        if (name.startsWith("parent.") && parent != null) return parent.get(name.substring("parent.".length()));
        if (values.containsKey(name)) return values.get(name);
        String setting = connection.setting(name);
        return setting == null ? null : TextNode.valueOf(setting);
    }

    /** All names that stand in placeholders of a stream. */
    static Set<String> names(Tool.Stream stream) {
        Set<String> names = new HashSet<>();
        if (stream.path() != null) names.addAll(names(stream.path(), stream.query(), stream.body()));
        if (stream.export() != null) {
            Export.Submit submit = stream.export().submit();
            names.addAll(names(submit.path(), submit.query(), submit.body()));
        }
        return names;
    }

    static Set<String> names(String path, Map<String, List<String>> query, JsonTemplate body) {
        Set<String> names = new HashSet<>(Template.of(path).names());
        query.values()
                .forEach(texts ->
                        texts.forEach(text -> names.addAll(Template.of(text).names())));
        if (body != null) names.addAll(body.names());
        return names;
    }

    /** A setting of the connection, as templates of field maps ask for it. */
    static Function<String, String> settings(Connection connection) {
        return connection::setting;
    }
}
