package bellwether.http;

import bellwether.mapping.JsonPlace;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a declared API wants to be convinced: a closed list, one record per way. */
public sealed interface Auth {
    /** Every credential in it, so that answers of the other side can be scrubbed of them. */
    List<Secret> secrets();

    /** No credentials. */
    record None() implements Auth {
        @Override
        public List<Secret> secrets() {
            return List.of();
        }
    }

    /**
     * Fixed headers, such as {@code Authorization: Bearer …} or {@code Accesskey: …}.
     *
     * @param headers name to whole value, prefix included
     */
    record Headers(Map<String, Secret> headers) implements Auth {
        @Override
        public List<Secret> secrets() {
            return List.copyOf(headers.values());
        }
    }

    /** A key as a query parameter; whatever shows addresses must not show this one. */
    record Query(String name, Secret value) implements Auth {
        @Override
        public List<Secret> secrets() {
            return List.of(value);
        }
    }

    /** HTTP Basic (RFC 7617, UTF-8); some tools want a key as the user and an empty password, or the other way round. */
    record Basic(Secret user, Secret password) implements Auth {
        @Override
        public List<Secret> secrets() {
            return List.of(user, password, new Secret(user.setting(), encoded()));
        }

        String encoded() {
            String both = user.value() + ":" + password.value();
            return Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A way of OAuth 2.0 to a token, which is then sent as {@code Authorization: Bearer}; id and secret go into the form. */
    sealed interface Grant extends Auth {
        /** Where a token is asked for. */
        URI tokenAddress();

        Secret id();

        Secret secret();

        /** Further form fields, such as {@code scope} or {@code account_token}. */
        Map<String, String> form();

        /** The fields that make this kind of grant. */
        Map<String, String> fields();

        /** The whole form. */
        default Map<String, String> whole(Map<String, String> fields) {
            Map<String, String> whole = new LinkedHashMap<>();
            whole.put("grant_type", fields.get("grant_type"));
            whole.put("client_id", id().value());
            whole.put("client_secret", secret().value());
            whole.putAll(fields);
            whole.putAll(form());
            return whole;
        }
    }

    /** Client credentials (RFC 6749 §4.4): there is no refresh token, so a token is asked for again. */
    record ClientCredentials(URI tokenAddress, Secret id, Secret secret, Map<String, String> form) implements Grant {
        @Override
        public List<Secret> secrets() {
            return List.of(id, secret);
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("grant_type", "client_credentials");
        }
    }

    /** A person's name and password (RFC 6749 §4.3); asked for again in the same way. */
    record Password(
            URI tokenAddress, Secret id, Secret secret, Secret username, Secret password, Map<String, String> form)
            implements Grant {
        @Override
        public List<Secret> secrets() {
            return List.of(id, secret, username, password);
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("grant_type", "password", "username", username.value(), "password", password.value());
        }
    }

    /**
     * A refresh token (RFC 6749 §6), which the tool may replace with every use; the newest is kept in {@link KeptTokens}.
     *
     * @param first the one an admin obtained
     */
    record Refresh(URI tokenAddress, Secret id, Secret secret, Secret first, Map<String, String> form)
            implements Grant {
        @Override
        public List<Secret> secrets() {
            return List.of(id, secret, first);
        }

        @Override
        public Map<String, String> fields() {
            return fields(first.value());
        }

        Map<String, String> fields(String refresh) {
            return Map.of("grant_type", "refresh_token", "refresh_token", refresh);
        }
    }

    /**
     * A login that opens a session, whose key then stands as {@code {session}} in paths, queries, headers and bodies.
     *
     * @param login credentials filled in
     * @param token place of the key in the login's answer
     * @param lasts how long a session is good, or null if only a refusal tells
     * @param logout closes the session at the stop, or null
     */
    record Session(Request login, JsonPlace token, Duration lasts, Request logout, List<Secret> secrets)
            implements Auth {}
}
