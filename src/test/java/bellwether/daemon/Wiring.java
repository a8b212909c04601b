package bellwether.daemon;

import bellwether.crm.SalesforceOrg;
import bellwether.http.Caller;
import bellwether.http.Limits;
import bellwether.http.Sender;
import bellwether.http.Sleep;
import bellwether.http.Wire;
import bellwether.match.Key;
import bellwether.match.Matcher;
import bellwether.source.Connection;
import bellwether.source.Puller;
import bellwether.store.KnownRespondents;
import bellwether.store.Ledger;
import bellwether.store.Notices;
import bellwether.store.Pauses;
import bellwether.store.Positions;
import bellwether.store.Runs;
import bellwether.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A CamelContext with the shipped call routes, quick retries, and the connections of a test. */
public final class Wiring implements AutoCloseable {
    /** Short waits, and a breaker that stays out of the way of tests that are not about it. */
    public static final Map<String, String> QUICK =
            Map.of("firstWait", "1", "retries", "3", "minimum", "1000", "window", "1000");

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Calls calls;
    private Store store;

    public Wiring() throws Exception {
        this(Clock.systemUTC());
    }

    public Wiring(Clock clock) throws Exception {
        this(clock, Sleep.REAL, true);
    }

    public static Wiring notStarted() throws Exception {
        return new Wiring(Clock.systemUTC(), Sleep.REAL, false);
    }

    /** In a time of the test's own. */
    public Wiring(Clock clock, Sleep sleep) throws Exception {
        this(clock, sleep, true);
    }

    private Wiring(Clock clock, Sleep sleep, boolean start) throws Exception {
        context.disableJMX();
        context.getPropertiesComponent().setLocation("file:config/application.properties");
        for (String file : new String[] {"routes/call.yaml", "routes/attempt.yaml"}) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file));
        }
        calls = new Calls(context, clock, sleep, this::store);
        if (start) {
            context.start();
        }
    }

    /** A store of its own, unless a test brings one. */
    private Store store() {
        if (store == null) {
            try {
                store = Store.open("jdbc:sqlite:" + Files.createTempDirectory("wiring") + "/b.db", null, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return store;
    }

    public Wiring on(Store store) {
        this.store = store;
        return this;
    }

    public static Map<String, String> quick(String... overrides) {
        Map<String, String> all = new HashMap<>(QUICK);
        for (int i = 0; i < overrides.length; i += 2) {
            all.put(overrides[i], overrides[i + 1]);
        }
        return all;
    }

    public Caller add(Wire wire) {
        return calls.add(wire);
    }

    /** A tool's connection as the daemon wires it, but without limits of our own, and with short waits. */
    public Caller add(Connection connection) {
        return calls.add(quick(connection));
    }

    /** The same with something around its wire. */
    public Caller add(Connection connection, UnaryOperator<Sender> around) {
        return calls.add(quick(connection), around);
    }

    /** The same with another wire. */
    public Caller add(Connection connection, Sender sender) {
        return calls.add(quick(connection), sender);
    }

    private static Wire quick(Connection connection) {
        Wire wire = Wires.of(connection, Path.of("."));
        return new Wire(
                wire.connection(),
                wire.step(),
                wire.base(),
                wire.hosts(),
                wire.headers(),
                wire.auth(),
                wire.secrets(),
                Limits.NONE.obeying(wire.limits().headers()),
                wire.errors(),
                wire.net(),
                quick("longestWait", "1000"));
    }

    /** A tool's connection as the daemon wires it, limits and waits included. */
    public Caller limited(Connection connection) {
        return calls.add(Wires.of(connection, Path.of(".")));
    }

    public Caller add(SalesforceOrg org) {
        return calls.add(org);
    }

    /**
     * Webhooks of a connection as the daemon takes them.
     *
     * @param caller for what is only named in a notice
     * @param pull is told the connection when a notice is a hint
     */
    public static Hooks hooks(Connection connection, Caller caller, Store store, Clock clock, Consumer<String> pull) {
        var ledger = new Ledger(store, clock, new Matcher(List.of(Key.EMAIL)), List.of());
        var hooks = new Hooks(
                new Notices(store, clock), ledger.inbox(), new Pauses(store, clock), (name, lag) -> pull.accept(name));
        hooks.open(connection, caller, clock);
        return hooks;
    }

    /**
     * The runs of a connection as the route {@code pull} asks for them; where an export is waited for, the time it is looked after again is told.
     *
     * @param later is told when a run is to come that does not wait for the schedule
     */
    public static Runnable pull(
            Connection connection,
            Caller caller,
            Ledger ledger,
            Store store,
            Clock clock,
            ZoneId zone,
            Consumer<Instant> later) {
        var known = new KnownRespondents(store);
        var pull = new Pull(
                connection,
                c -> new Puller(c, caller, known, clock),
                new Positions(store),
                new Runs(store, clock),
                new Pauses(store, clock),
                (name, at) -> later.accept(at),
                clock,
                zone);
        return () -> {
            for (pull.begin(); pull.more(); ) {
                ledger.inbox().accept(pull.next());
            }
            pull.end();
        };
    }

    public CamelContext context() {
        return context;
    }

    @Override
    public void close() {
        calls.close();
        context.stop();
    }
}
