package bellwether.daemon;

import bellwether.http.Auth.Grant;
import bellwether.http.Request;
import bellwether.http.Secret;
import bellwether.mapping.Template;
import bellwether.source.Auth;
import bellwether.source.Connection;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The credentials of a tool's connection: what the tool's file declares, filled in with what the admin wrote. */
final class Credentials {
    private final Connection connection;
    private final String prefix;

    Credentials(Connection connection) {
        this.connection = connection;
        this.prefix = "connections.yaml: tools." + connection.name() + ".";
    }

    /** Every secret setting. */
    List<Secret> secrets() {
        return connection.tool().settings().entrySet().stream()
                .filter(setting -> setting.getValue().secret())
                .filter(setting -> connection.settings().setting(setting.getKey()) != null)
                .map(setting -> setting(setting.getKey()))
                .toList();
    }

    bellwether.http.Auth auth() {
        Auth declared = connection.auth();
        if (declared instanceof Auth.Header header) {
            return new bellwether.http.Auth.Headers(Map.of(header.name(), filled(header.value())));
        }
        if (declared instanceof Auth.Query query) {
            return new bellwether.http.Auth.Query(query.name(), filled(query.value()));
        }
        if (declared instanceof Auth.Basic basic) {
            return new bellwether.http.Auth.Basic(filled(basic.user()), filled(basic.password()));
        }
        if (declared instanceof Auth.Session session) {
            return new bellwether.http.Auth.Session(
                    request(session.login()),
                    session.token(),
                    session.lasts(),
                    session.logout() == null ? null : request(session.logout()),
                    secrets());
        }
        return grant((Auth.Grant) declared);
    }

    private Grant grant(Auth.Grant declared) {
        URI address = URI.create(connection.loginUrl());
        Map<String, String> form = form(declared);
        Secret id = setting("client_id");
        Secret secret = setting("client_secret");
        if (declared instanceof Auth.Password) {
            return new bellwether.http.Auth.Password(
                    address, id, secret, setting("username"), setting("password"), form);
        }
        return declared instanceof Auth.Refresh
                ? new bellwether.http.Auth.Refresh(address, id, secret, setting("refresh_token"), form)
                : new bellwether.http.Auth.ClientCredentials(address, id, secret, form);
    }

    private Map<String, String> form(Auth.Grant declared) {
        Map<String, String> form = new LinkedHashMap<>();
        if (declared.form() != null) {
            declared.form().forEach((name, value) -> {
                String text = value.fill(connection.settings()::setting);
                if (text != null) {
                    form.put(name, text);
                }
            });
        }
        return form;
    }

    private Request request(Auth.Ask ask) {
        JsonNode body = ask.body() == null ? null : ask.body().fill(this::json);
        return new Request(
                ask.method(),
                ask.path().address(connection.settings()::setting),
                List.of(),
                Map.of("Accept", "application/json"),
                body == null ? null : "application/json",
                body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8));
    }

    private JsonNode json(String name) {
        String value = connection.settings().setting(name);
        return value == null ? null : TextNode.valueOf(value);
    }

    /** A setting that is not set is an empty text. */
    private Secret setting(String name) {
        String value = connection.settings().setting(name);
        return new Secret(prefix + name, value == null ? "" : value);
    }

    private Secret filled(Template template) {
        String names =
                template.names().stream().sorted().map(name -> prefix + name).collect(Collectors.joining(" and "));
        String text = template.fill(connection.settings()::setting);
        return new Secret(names, text == null ? "" : text);
    }
}
