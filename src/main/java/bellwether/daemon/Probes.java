package bellwether.daemon;

import bellwether.http.Caller;
import bellwether.http.Sender;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Settings;
import bellwether.source.Connection;
import bellwether.store.Store;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Asks tools and CRMs as the daemon would, through the same two routes, but without a daemon, and each question once. */
public final class Probes implements AutoCloseable {
    private static final Map<String, String> ONCE = Map.of("retries", "0", "longestWait", "5000");

    /** Short waits, for a connection that ends in this process. */
    private static final Map<String, String> INSIDE =
            Map.of("firstWait", "1", "retries", "3", "minimum", "1000", "window", "1000", "longestWait", "1000");

    private final Path home;
    private final CamelContext context = new DefaultCamelContext();
    private final Calls calls;
    private Store store;

    /** @param at where what a call must remember is kept */
    public Probes(Path home, Settings.Store at, Clock clock) throws Exception {
        this.home = home;
        context.getPropertiesComponent().setLocation("file:" + home.resolve("config/application.properties"));
        for (String file : new String[] {"call.yaml", "attempt.yaml"}) {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(
                            context, "file:" + home.resolve("routes").resolve(file)));
        }
        calls = new Calls(context, clock, () -> store(at));
        context.start();
    }

    private Store store(Settings.Store at) {
        if (store == null) {
            store = Daemon.open(Daemon.url(home, at), at);
        }
        return store;
    }

    /** A tool, asked as the daemon does. */
    public Caller of(Connection tool) {
        return calls.add(Wires.of(tool, home).overriding(ONCE));
    }

    /** A connection that is asked as patiently as by the daemon, with something around its wire. */
    public Caller of(Connection tool, UnaryOperator<Sender> around) {
        return calls.add(Wires.of(tool, home), around);
    }

    /** A connection whose calls end at a sender of this process, without limits of our own. */
    public Caller of(Connection tool, Sender sender) {
        return calls.add(Wires.of(tool, home).unlimited().overriding(INSIDE), sender);
    }

    /** A CRM, asked as the daemon does. */
    public Caller of(CrmSettings crm, CrmMapping mapping) {
        return calls.add(Wires.org(crm, mapping, home).overriding(ONCE));
    }

    @Override
    public void close() {
        calls.close();
        context.stop();
        if (store != null) {
            store.close();
        }
    }
}
