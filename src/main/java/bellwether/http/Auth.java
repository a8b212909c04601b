package bellwether.http;

import java.net.URI;
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

    /**
     * OAuth 2.0 client credentials (RFC 6749 §4.4, id and secret in the form body), then {@code Authorization: Bearer}.
     *
     * @param tokenAddress where a token is asked for
     * @param form further form fields, such as {@code scope} or {@code account_token}
     */
    record ClientCredentials(URI tokenAddress, Secret id, Secret secret, Map<String, String> form) implements Auth {
        @Override
        public List<Secret> secrets() {
            return List.of(id, secret);
        }
    }
}
