package bellwether.crm;

import bellwether.http.Auth;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Secret;
import bellwether.http.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * All that must be known to call one Salesforce org, by OAuth 2.0 client credentials.
 *
 * @param connection its name
 * @param loginAddress the org's My Domain address, such as {@code https://acme.my.salesforce.com}
 * @param instanceAddress where calls go instead of where the login says, or null
 * @param clientId of the external client app
 * @param clientSecret of the external client app
 * @param apiVersion such as {@code 66.0}
 * @param overrides template parameters of {@code routes/call.yaml} and {@code routes/attempt.yaml} that differ for this org
 */
public record SalesforceOrg(
        String connection,
        URI loginAddress,
        URI instanceAddress,
        Secret clientId,
        Secret clientSecret,
        String apiVersion,
        Limits limits,
        Net net,
        Map<String, String> overrides) {

    /** Spring '26. */
    public static final String API_VERSION = "66.0";

    /** An org with the default API version, no limit of our own, and time-outs that large batches need. */
    public static SalesforceOrg of(String connection, URI loginAddress, Secret clientId, Secret clientSecret) {
        return new SalesforceOrg(
                connection,
                loginAddress,
                null,
                clientId,
                clientSecret,
                API_VERSION,
                Limits.NONE,
                Net.DEFAULT.answering(Duration.ofSeconds(120)),
                Map.of());
    }

    public SalesforceOrg with(Net net) {
        return new SalesforceOrg(
                connection, loginAddress, instanceAddress, clientId, clientSecret, apiVersion, limits, net, overrides);
    }

    public SalesforceOrg overriding(Map<String, String> overrides) {
        return new SalesforceOrg(
                connection, loginAddress, instanceAddress, clientId, clientSecret, apiVersion, limits, net, overrides);
    }

    /** The same for {@link bellwether.http}: a used-up quota is a 403 there, without a word about when it ends. */
    public Wire wire() {
        return new Wire(
                connection,
                "people",
                loginAddress,
                Set.of(),
                new Auth.ClientCredentials(loginAddress, clientId, clientSecret, Map.of()),
                limits.quota(Set.of("REQUEST_LIMIT_EXCEEDED"), limits.quotaWait()),
                net,
                overrides);
    }
}
