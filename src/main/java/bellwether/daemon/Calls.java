package bellwether.daemon;

import bellwether.crm.SalesforceOrg;
import bellwether.crm.SalesforceWire;
import bellwether.http.Answer;
import bellwether.http.Caller;
import bellwether.http.Classifier;
import bellwether.http.Courier;
import bellwether.http.Gate;
import bellwether.http.Limiter;
import bellwether.http.Login;
import bellwether.http.Pause;
import bellwether.http.Sender;
import bellwether.http.Sleep;
import bellwether.http.Wire;
import bellwether.nps.FaultException;
import bellwether.store.DayCalls;
import bellwether.store.KeptTokens;
import bellwether.store.Store;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;

/** Gives a connection its pair of routes, {@code call} and {@code attempt}, and the beans they name. */
final class Calls implements AutoCloseable {
    private final CamelContext context;
    private final Clock clock;
    private final Sleep sleep;
    private final ProducerTemplate template;
    private final Supplier<Store> store;
    private final List<Login> logins = new ArrayList<>();

    /**
     * @param context with {@code routes/call.yaml} and {@code routes/attempt.yaml} loaded, started or not
     * @param store asked for by the first connection that must remember something: a token, or how often it called today
     */
    Calls(CamelContext context, Clock clock, Supplier<Store> store) {
        this(context, clock, Sleep.REAL, store);
    }

    /** The same in a time of a test's own. */
    Calls(CamelContext context, Clock clock, Sleep sleep, Supplier<Store> store) {
        this.context = context;
        this.clock = clock;
        this.sleep = sleep;
        this.store = store;
        this.template = context.createProducerTemplate();
    }

    /** Adds a connection over plain HTTP; whoever asks one that cannot be wired gets the config fault that says why. */
    Caller add(Wire wire) {
        return wired(() -> add(wire, new CamelHttp(context, template, wire)));
    }

    /** Adds a connection over plain HTTP, with something around its wire. */
    Caller add(Wire wire, UnaryOperator<Sender> around) {
        return wired(() -> add(wire, around.apply(new CamelHttp(context, template, wire))));
    }

    /** Adds a connection whose calls take another way than the network. */
    Caller add(Wire wire, Sender sender) {
        return add(wire, sender, Login.of(wire, sender, () -> new KeptTokens(store.get(), clock), clock));
    }

    /** Adds a Salesforce org over camel-salesforce; the rest as for {@link #add(Wire)}. */
    Caller add(SalesforceOrg org) {
        return wired(() -> {
            SalesforceWire salesforce = new SalesforceWire(context, template, org);
            return add(org.wire(), salesforce, Login.inside(org.wire(), salesforce, clock));
        });
    }

    private static Caller wired(Supplier<Caller> caller) {
        try {
            return caller.get();
        } catch (FaultException e) {
            // one wrong path must not stop the start, nor the other connections
            return request -> new Answer.Failed(e.fault());
        }
    }

    private Caller add(Wire wire, Sender sender, Login login) {
        String name = wire.connection();
        logins.add(login);
        Pause pause = new Pause(wire, clock, sleep, longestWait(wire), this::stopping);
        Limiter limiter = new Limiter(wire, pause, clock, () -> new DayCalls(store.get()));
        bind("patience-" + name, new Patience(pause, clock));
        bind("limiter-" + name, limiter);
        bind("login-" + name, login);
        bind("gate-" + name, new Gate(() -> breakers().find(name + "-breaker"), pause));
        bind("courier-" + name, new Courier(sender, login));
        bind("classifier-" + name, new Classifier(wire, limiter, clock));
        route("attempt", wire);
        route("call", wire);
        return new CamelCaller(template, wire, this::stopping);
    }

    /** Closes the sessions that were opened; to be called while the context still runs. */
    @Override
    public void close() {
        logins.forEach(Login::logout);
    }

    private void bind(String name, Object bean) {
        context.getRegistry().bind(name, bean);
    }

    private void route(String routeTemplate, Wire wire) {
        TemplatedRouteBuilder route = TemplatedRouteBuilder.builder(context, routeTemplate)
                .routeId(routeTemplate + "-" + wire.connection())
                .prefixId(wire.connection() + "-")
                .parameter("connection", wire.connection());
        wire.overrides().forEach(route::parameter);
        route.add();
    }

    private Duration longestWait(Wire wire) {
        String millis = wire.overrides().getOrDefault("longestWait", "{{call.longest-wait:30000}}");
        return Duration.ofMillis(Long.parseLong(context.resolvePropertyPlaceholders(millis)));
    }

    private boolean stopping() {
        return context.isStopping() || context.isStopped();
    }

    private CircuitBreakerRegistry breakers() {
        return context.getCamelContextExtension().getContextPlugin(CircuitBreakerRegistry.class);
    }
}
