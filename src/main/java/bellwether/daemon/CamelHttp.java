package bellwether.daemon;

import bellwether.http.Net;
import bellwether.http.Reply;
import bellwether.http.Request;
import bellwether.http.Sender;
import bellwether.http.Trust;
import bellwether.http.Wire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;

/** One connection's HTTP, with a component and a pool of its own, so that no connection waits for another's. */
final class CamelHttp implements Sender {
    private final ProducerTemplate template;
    private final CamelContext context;
    private final Wire wire;
    private final Endpoint answers;
    private Endpoint files;

    CamelHttp(CamelContext context, ProducerTemplate template, Wire wire) {
        this.template = template;
        this.context = context;
        this.wire = wire;
        Net net = wire.net();
        Duration within = net.answerTimeout().multipliedBy(3);
        this.answers = endpoint("http-", new AnswerCap(net.maxAnswer(), within, false));
    }

    /** Made when the first file is asked for: most tools have none. */
    private synchronized Endpoint files() {
        if (files == null) {
            files = endpoint("file-", new AnswerCap(Net.MAX_FILE, Duration.ofHours(1), true));
        }
        return files;
    }

    private Endpoint endpoint(String prefix, AnswerCap cap) {
        String name = prefix + wire.connection();
        context.addComponent(name, component(cap));
        // where it really goes is said by a header, per call; .invalid never resolves
        return context.getEndpoint(name + "://bellwether.invalid?throwExceptionOnFailure=false");
    }

    private HttpComponent component(AnswerCap cap) {
        Net net = wire.net();
        HttpComponent http = new HttpComponent();
        http.setCamelContext(context);
        // HttpClient would repeat 429 and 503 itself, asleep; it has an effect on the component only
        http.setAutomaticRetriesDisabled(true);
        http.setFollowRedirects(false);
        http.setCookieManagementDisabled(true);
        http.setConnectTimeout(net.connectTimeout().toMillis());
        http.setConnectionRequestTimeout(net.answerTimeout().toMillis());
        http.setResponseTimeout(net.answerTimeout().toMillis());
        http.setSoTimeout(net.answerTimeout().toMillis());
        http.setMaxTotalConnections(net.connections());
        http.setConnectionsPerRoute(net.connections());
        http.setUserAgent("Bellwether");
        http.setHttpClientConfigurer(cap);
        Trust.of(wire).ifPresent(manager -> {
            TrustManagersParameters managers = new TrustManagersParameters();
            managers.setTrustManager(manager);
            SSLContextParameters tls = new SSLContextParameters();
            tls.setTrustManagers(managers);
            http.setSslContextParameters(tls);
        });
        if (net.proxy() != null) {
            http.setProxyHost(net.proxy().host());
            http.setProxyPort(net.proxy().port());
            // with own certificates the component would take the proxy for an https one
            http.setProxyAuthScheme("http");
            if (net.proxy().user() != null) {
                http.setProxyAuthMethod("Basic");
                http.setProxyAuthUsername(net.proxy().user());
                http.setProxyAuthPassword(net.proxy().password().value());
            }
        }
        return http;
    }

    @Override
    public Reply ask(Request request) throws IOException {
        boolean file = request.expects() == Request.Expects.FILE;
        Exchange exchange = template.send(file ? files() : answers, e -> prepare(e.getIn(), request));
        Exception failure = exchange.getException();
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure != null) {
            throw new IOException(failure.getClass().getSimpleName(), failure);
        }
        return reply(exchange.getMessage());
    }

    private static void prepare(Message message, Request request) {
        request.headers().forEach(message::setHeader);
        int query = request.path().indexOf('?');
        message.setHeader(Exchange.HTTP_METHOD, request.method());
        message.setHeader(
                Exchange.HTTP_URI, query < 0 ? request.path() : request.path().substring(0, query));
        if (query >= 0) {
            message.setHeader(Exchange.HTTP_RAW_QUERY, request.path().substring(query + 1));
        }
        if (request.body() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, request.contentType());
            message.setBody(request.body());
        }
    }

    private static Reply reply(Message message) throws IOException {
        Map<String, String> headers = new HashMap<>();
        message.getHeaders().forEach((name, value) -> {
            Object first = value instanceof Collection<?> all ? all.iterator().next() : value;
            if (first != null && !name.startsWith("Camel")) {
                headers.put(name.toLowerCase(Locale.ROOT), first.toString());
            }
        });
        String file = headers.remove(AnswerCap.FILE.toLowerCase(Locale.ROOT));
        byte[] body = message.getBody(byte[].class);
        int status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        return new Reply(
                status, Map.copyOf(headers), body == null ? new byte[0] : body, file == null ? null : Path.of(file));
    }
}
