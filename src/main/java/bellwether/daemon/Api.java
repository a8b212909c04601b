package bellwether.daemon;

import bellwether.admin.AccountsResource;
import bellwether.admin.ActsResource;
import bellwether.admin.CompanyResource;
import bellwether.admin.ComparisonResource;
import bellwether.admin.ConnectionsResource;
import bellwether.admin.Guard;
import bellwether.admin.HealthResource;
import bellwether.admin.Index;
import bellwether.admin.Json;
import bellwether.admin.LettersResource;
import bellwether.admin.OpenApi;
import bellwether.admin.Orders;
import bellwether.admin.Parts;
import bellwether.admin.Problems;
import bellwether.admin.RunsResource;
import bellwether.admin.Shield;
import bellwether.admin.WaitingResource;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;

/** Serves the API: gives {@code routes/admin.yaml} its beans, and puts the guard before every path. */
final class Api {
    private final CamelContext context;
    private final Guard guard;

    /** What holds where {@code config/application.properties} says nothing, and what it must not change. */
    static void prepare(org.apache.camel.main.Main main) {
        main.addInitialProperty("camel.server.enabled", "true");
        main.addInitialProperty("camel.server.host", "{{env:BELLWETHER_HOST:127.0.0.1}}");
        main.addInitialProperty("camel.server.port", "{{env:BELLWETHER_PORT:8321}}");
        main.addInitialProperty("camel.server.max-body-size", "1048576");
        main.addInitialProperty("api.token", "{{env:BELLWETHER_API_TOKEN:}}");
        main.addOverrideProperty("camel.component.platform-http.header-filter-strategy", "#api-shield");
    }

    /**
     * To be called before the HTTP server starts.
     *
     * @throws Refusal if the API would be open to others than this machine without a token, or cannot listen
     */
    Api(CamelContext context) {
        this.context = context;
        String token = context.resolvePropertyPlaceholders("{{api.token}}");
        String host = context.resolvePropertyPlaceholders("{{camel.server.host}}");
        if (token.isBlank() && !loopback(host)) {
            throw new Refusal(
                    Exit.CONFIGURATION,
                    "The API would be open to the network: it is bound to " + host
                            + " and no token is set. Set BELLWETHER_API_TOKEN (api.token in config/application.properties), or bind it"
                            + " to 127.0.0.1 by BELLWETHER_HOST.");
        }
        free(host, context.resolvePropertyPlaceholders("{{camel.server.port}}").strip());
        this.guard = new Guard(token.isBlank() ? null : token.strip());
        // The engine puts its handlers into each path when it is made, so there is no moment without them.
        var engine = new VertxPlatformHttpEngine();
        engine.setHandlers(List.of(guard));
        context.getRegistry().bind(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME, engine);
        bind("api-shield", new Shield());
        bind("hooks-shield", new Shield(name -> !name.toLowerCase(Locale.ROOT).startsWith("camel")));
        bind("api-json", Json.mapper());
    }

    /** Binds what the routes name; to be called before they start. */
    void serve(Parts parts) {
        bind("api-index", new Index());
        bind("api-openapi", new OpenApi(context));
        bind("api-problems", new Problems());
        bind("api-health", new HealthResource(parts));
        bind("api-connections", new ConnectionsResource(parts));
        bind("api-orders", new Orders(parts));
        bind("api-runs", new RunsResource(parts));
        bind("api-accounts", new AccountsResource(parts));
        bind("api-company", new CompanyResource(parts));
        bind("api-comparison", new ComparisonResource(parts));
        bind("api-waiting", new WaitingResource(parts));
        bind("api-acts", new ActsResource(parts));
        bind("api-letters", new LettersResource(parts));
    }

    /** To be called when the server is up: what it refuses by itself is answered as a problem document too. */
    void started() {
        guard.answerFor((Router) server().getServer().requestHandler(), router());
    }

    /** The port the server is bound to, also where it was told to take any. */
    int port() {
        return server().getPort();
    }

    boolean allRoutesRun() {
        return context.isStarted()
                && context.getRoutes().stream().allMatch(route -> context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted());
    }

    private VertxPlatformHttpServer server() {
        return router().getServer();
    }

    private VertxPlatformHttpRouter router() {
        return context.getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    }

    private void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    /** The server itself would only log that it cannot listen. */
    private static void free(String host, String port) {
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new Refusal(
                    Exit.CONFIGURATION,
                    "The API's port must be a number from 0 to 65535, not '" + port + "': set BELLWETHER_PORT.");
        }
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
        } catch (IOException e) {
            throw new Refusal(
                    Exit.FAILURE,
                    "The API cannot listen on " + host + ":" + port + ": " + e.getMessage()
                            + ". Stop the program that has the port, or set BELLWETHER_PORT (0 takes any free one) or BELLWETHER_HOST.");
        }
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
