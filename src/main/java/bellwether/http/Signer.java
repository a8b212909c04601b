package bellwether.http;

import bellwether.mapping.Template;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes a request absolute and puts the credentials where the tool wants them, as long as it goes to the base address. */
final class Signer {
    private static final String SESSION = "{" + Template.SESSION + "}";

    private final Wire wire;
    private final Address address;

    Signer(Wire wire) {
        this.wire = wire;
        this.address = new Address(wire);
    }

    /** @param token what a login gave, or null */
    Request signed(Request request, Token token) {
        return signed(request, address.of(request, text -> session(text, token)), token);
    }

    /** Follows a redirect of a GET: to declared hosts only, and with credentials only to our own. */
    Request redirected(Request request, Request from, String location, Token token) {
        return signed(request, address.redirected(URI.create(from.path()), location), token);
    }

    private Request signed(Request request, URI target, Token token) {
        boolean home = address.trusted(target);
        Map<String, String> headers = new LinkedHashMap<>();
        if (home) {
            headers.putAll(wire.headers());
        }
        request.headers().forEach((name, value) -> {
            // headers of this prefix steer Camel itself
            boolean steering = name.regionMatches(true, 0, "Camel", 0, 5);
            if (!steering && (home || !value.contains(SESSION))) {
                headers.put(name, value);
            }
        });
        if (home) {
            headers.replaceAll((name, value) -> session(value, token));
            credentials(headers, token);
        }
        if (wire.auth() instanceof Auth.Query key) {
            URI bare = Address.without(target, key.name());
            target = home ? Address.with(bare, key.name(), key.value().value()) : bare;
        }
        return new Request(
                request.method(),
                target.toString(),
                List.of(),
                headers,
                request.contentType(),
                home ? body(request.body(), token) : request.body(),
                request.reads(),
                request.expects());
    }

    private void credentials(Map<String, String> headers, Token token) {
        if (wire.auth() instanceof Auth.Headers fixed) {
            fixed.headers().forEach((name, secret) -> headers.put(name, secret.value()));
        } else if (wire.auth() instanceof Auth.Basic basic) {
            headers.put("Authorization", "Basic " + basic.encoded());
        } else if (wire.auth() instanceof Auth.Grant) {
            headers.put("Authorization", "Bearer " + token.value());
        }
    }

    private String session(String text, Token token) {
        return inSession(token) && text.contains(SESSION) ? text.replace(SESSION, token.value()) : text;
    }

    private byte[] body(byte[] body, Token token) {
        if (body == null || !inSession(token)) {
            return body;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        String quoted = TextNode.valueOf(token.value()).toString();
        return text.contains(SESSION)
                ? text.replace(SESSION, quoted.substring(1, quoted.length() - 1))
                        .getBytes(StandardCharsets.UTF_8)
                : body;
    }

    private boolean inSession(Token token) {
        return token != null && wire.auth() instanceof Auth.Session;
    }
}
