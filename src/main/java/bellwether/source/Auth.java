package bellwether.source;

import bellwether.mapping.JsonPlace;
import bellwether.mapping.JsonTemplate;
import bellwether.mapping.Template;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How a caller proves who it is, as declared: texts name the settings that hold the credentials. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Auth.Header.class, name = "header"),
    @JsonSubTypes.Type(value = Auth.Query.class, name = "query"),
    @JsonSubTypes.Type(value = Auth.Basic.class, name = "basic"),
    @JsonSubTypes.Type(value = Auth.ClientCredentials.class, name = "oauth2_client_credentials"),
    @JsonSubTypes.Type(value = Auth.Password.class, name = "oauth2_password"),
    @JsonSubTypes.Type(value = Auth.Refresh.class, name = "oauth2_refresh"),
    @JsonSubTypes.Type(value = Auth.Session.class, name = "session")
})
public sealed interface Auth {
    /** The settings it names. */
    Set<String> names();

    /** The settings without which it cannot work. */
    default Set<String> needed() {
        return names();
    }

    /** A header, prefix included: {@code Bearer {token}}, or a key as it is. */
    record Header(String name, Template value) implements Auth {
        @Override
        public Set<String> names() {
            return value.names();
        }
    }

    /** A query parameter. */
    record Query(String name, Template value) implements Auth {
        @Override
        public Set<String> names() {
            return value.names();
        }
    }

    /** HTTP Basic; one of the two may be empty. */
    record Basic(Template user, Template password) implements Auth {
        @Override
        public Set<String> names() {
            Set<String> names = new HashSet<>(user.names());
            names.addAll(password.names());
            return names;
        }
    }

    /** A way of OAuth 2.0 to a bearer token. */
    sealed interface Grant extends Auth {
        /** Where a token is asked for, unless the connection says otherwise. */
        Template loginUrl();

        /** Further form fields; one that names an unset setting is left out. */
        Map<String, Template> form();

        /** The settings this kind of grant is made of. */
        Set<String> own();

        @Override
        default Set<String> needed() {
            return own();
        }

        @Override
        default Set<String> names() {
            Set<String> names = new HashSet<>(own());
            names.addAll(loginUrl().names());
            if (form() != null) form().values().forEach(value -> names.addAll(value.names()));
            return names;
        }
    }

    /** Answered by a token without a refresh token, so it is asked for again. */
    record ClientCredentials(Template loginUrl, Map<String, Template> form) implements Grant {
        @Override
        public Set<String> own() {
            return Set.of("client_id", "client_secret");
        }
    }

    /** With a person's name and password. */
    record Password(Template loginUrl, Map<String, Template> form) implements Grant {
        @Override
        public Set<String> own() {
            return Set.of("client_id", "client_secret", "username", "password");
        }
    }

    /** With a refresh token, which the tool may replace with every use. */
    record Refresh(Template loginUrl, Map<String, Template> form) implements Grant {
        @Override
        public Set<String> own() {
            return Set.of("client_id", "client_secret", "refresh_token");
        }
    }

    /**
     * A login of the tool's own that opens a session.
     *
     * @param token place of the session's key in the answer
     * @param lasts how long a session is good, or null if only a refusal tells
     * @param logout closes it, or null
     */
    record Session(Ask login, JsonPlace token, Duration lasts, Ask logout) implements Auth {
        @Override
        public Set<String> names() {
            Set<String> names = new HashSet<>(login.names());
            if (logout != null) names.addAll(logout.names());
            return names;
        }
    }

    /** A request. */
    record Ask(String method, Template path, JsonTemplate body) {
        public Ask {
            method = method == null ? "POST" : method;
        }

        Set<String> names() {
            Set<String> names = new HashSet<>(path.names());
            if (body != null) names.addAll(body.names());
            return names;
        }
    }
}
