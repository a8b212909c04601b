package bellwether.crm;

import bellwether.http.AnswerTooLarge;
import bellwether.http.Net;
import bellwether.http.Reply;
import bellwether.http.Request;
import bellwether.http.Sender;
import bellwether.http.Token;
import bellwether.http.TokenSource;
import bellwether.http.Trust;
import bellwether.nps.FaultException;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.salesforce.AuthenticationType;
import org.apache.camel.component.salesforce.SalesforceComponent;
import org.apache.camel.component.salesforce.SalesforceEndpointConfig;
import org.apache.camel.component.salesforce.api.SalesforceException;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.eclipse.jetty.client.Authentication;

/**
 * Calls one org through a camel-salesforce component of its own. Every request is the component's {@code raw} operation on an exchange
 * made here, so that the vendor's answer arrives as sent (the typed operations turn an empty or HTML 200 into a silent null, and drop
 * fields they do not know) and no header from elsewhere can steer the component (CVE-2026-49099).
 */
public final class SalesforceWire implements Sender, TokenSource {
    private static final int REQUEST_BUFFER = 64 << 10;

    private final SalesforceOrg org;
    private final ProducerTemplate template;
    private final SalesforceComponent component;
    private final Endpoint endpoint;

    /** Binds the component under {@code salesforce-<connection>}; nothing is reached before the first call. */
    public SalesforceWire(CamelContext context, ProducerTemplate template, SalesforceOrg org) {
        this.org = org;
        this.template = template;
        this.component = component(context, org);
        String name = "salesforce-" + org.connection();
        context.addComponent(name, component);
        this.endpoint = context.getEndpoint(name + ":raw?format=JSON");
    }

    private static SalesforceComponent component(CamelContext context, SalesforceOrg org) {
        Net net = org.net();
        SalesforceComponent salesforce = new SalesforceComponent(context);
        salesforce.setLoginUrl(org.loginAddress().toString());
        if (org.instanceAddress() != null) {
            salesforce.setInstanceUrl(org.instanceAddress().toString());
        }
        salesforce.setClientId(org.clientId().value());
        salesforce.setClientSecret(org.clientSecret().value());
        salesforce.setAuthenticationType(AuthenticationType.CLIENT_CREDENTIALS);
        // an unreachable org must not stop the start
        salesforce.setLazyLogin(true);
        salesforce.setHttpClientConnectionTimeout(net.connectTimeout().toMillis());
        salesforce.setHttpClientIdleTimeout(net.answerTimeout().toMillis());
        salesforce.setHttpRequestTimeout(net.answerTimeout().toMillis());
        salesforce.setHttpRequestBufferSize(REQUEST_BUFFER);
        salesforce.setHttpMaxContentLength(net.maxAnswer());
        // its own retries on a 401 log in once per call; Login does it once for all
        salesforce.setHttpClientProperties(new HashMap<>(Map.of("maxRetries", 0)));
        Trust.of(org.wire()).ifPresent(manager -> {
            TrustManagersParameters managers = new TrustManagersParameters();
            managers.setTrustManager(manager);
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(managers);
            salesforce.setSslContextParameters(tls);
        });
        if (net.proxy() != null) {
            proxy(salesforce, net.proxy());
        }
        return salesforce;
    }

    private static void proxy(SalesforceComponent salesforce, Net.Proxy proxy) {
        salesforce.setHttpProxyHost(proxy.host());
        salesforce.setHttpProxyPort(proxy.port());
        salesforce.setHttpProxySecure(false);
        if (proxy.user() != null) {
            salesforce.setHttpProxyUsername(proxy.user());
            salesforce.setHttpProxyPassword(proxy.password().value());
            salesforce.setHttpProxyAuthUri("http://" + proxy.host() + ":" + proxy.port());
            salesforce.setHttpProxyRealm(Authentication.ANY_REALM);
        }
    }

    @Override
    public String place() {
        return "login at " + org.loginAddress().getAuthority();
    }

    @Override
    public Token login(Token refused) throws IOException {
        try {
            String token = component.getSession().login(refused == null ? null : refused.value());
            return new Token(token, null);
        } catch (SalesforceException | RuntimeException e) {
            forget();
            if (e instanceof SalesforceException
                    && cause(e) instanceof IOException io
                    && !(io instanceof JsonProcessingException)) {
                throw io;
            }
            throw new FaultException(SalesforceFaults.login(org, e));
        }
    }

    /** An answer that breaks the component half-way (such as a short id) leaves a session that looks logged in and is not. */
    private void forget() {
        try {
            component.getSession().logout();
        } catch (SalesforceException | RuntimeException e) {
            // it has forgotten the token all the same
        }
    }

    @Override
    public Reply ask(Request request) throws IOException {
        Exchange exchange = template.send(endpoint, e -> prepare(e.getIn(), request));
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        Exception failure = exchange.getException();
        // a failure with a status of success is an answer that broke off on the way
        if (status == null || failure != null && status < 300) {
            throw broken(failure);
        }
        return new Reply(status, headers(message), body(message));
    }

    private void prepare(Message message, Request request) {
        message.setHeader(SalesforceEndpointConfig.RAW_METHOD, request.method());
        message.setHeader(SalesforceEndpointConfig.RAW_PATH, path(request));
        request.headers().forEach((name, value) -> {
            if (name.regionMatches(true, 0, "Sforce-", 0, 7)) {
                message.setHeader(name, value);
            }
        });
        if (request.body() != null) {
            message.setBody(new ByteArrayInputStream(request.body()));
        }
    }

    /** The component puts this behind the org's address as it is, so that it must begin with a slash. */
    private String path(Request request) {
        URI address = URI.create(request.path());
        String path = address.getRawPath().startsWith("/services/")
                ? address.getRawPath()
                : "/services/data/v" + org.apiVersion() + address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }

    private static Map<String, String> headers(Message message) {
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            if (name.regionMatches(true, 0, "Sforce-", 0, 7)) {
                headers.put(name.toLowerCase(Locale.ROOT), value.toString());
            }
        });
        return Map.copyOf(headers);
    }

    private static byte[] body(Message message) throws IOException {
        InputStream body = message.getBody(InputStream.class);
        return body == null ? new byte[0] : body.readAllBytes();
    }

    private IOException broken(Exception failure) {
        Throwable cause = cause(failure);
        if (cause instanceof IOException io) {
            return io;
        }
        boolean large = String.valueOf(cause.getMessage()).startsWith("Buffering capacity");
        return large ? new AnswerTooLarge(org.net().maxAnswer()) : new IOException("broken", cause);
    }

    /** What the network said, behind the component's own exception; a time-out as the IOException that it is. */
    private static Throwable cause(Exception failure) {
        Throwable cause =
                failure instanceof SalesforceException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? new IOException(cause) : cause;
    }
}
