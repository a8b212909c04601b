package bellwether.daemon;

import bellwether.admin.Parts;
import bellwether.crm.ActPusher;
import bellwether.crm.Composer;
import bellwether.crm.Door;
import bellwether.crm.PeopleReader;
import bellwether.crm.Pusher;
import bellwether.crm.Schema;
import bellwether.health.Definitions;
import bellwether.health.Refresher;
import bellwether.health.Rules;
import bellwether.http.Caller;
import bellwether.mapping.Configuration;
import bellwether.mapping.CrmMapping;
import bellwether.mapping.CrmSettings;
import bellwether.mapping.Settings;
import bellwether.match.Matcher;
import bellwether.source.Connection;
import bellwether.source.Puller;
import bellwether.store.Acts;
import bellwether.store.Held;
import bellwether.store.KnownRespondents;
import bellwether.store.Ledger;
import bellwether.store.Notices;
import bellwether.store.Pauses;
import bellwether.store.Positions;
import bellwether.store.Refresh;
import bellwether.store.Runs;
import bellwether.store.Store;
import bellwether.store.Targets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** One running Bellwether: the store, the connections, and the routes that move data between them. */
public final class Daemon implements AutoCloseable {
    /** After a hint, so that several of them lead to one run. */
    private static final Duration HINTED = Duration.ofSeconds(2);

    private final Path home;
    private final Settings settings;
    private final Clock clock;
    private final Alone alone;
    private final Store store;
    private final org.apache.camel.main.Main main = new org.apache.camel.main.Main();
    private final Positions positions;
    private final Runs runs;
    private final Pauses pauses;
    private final Targets targets;
    private final Acts acts;
    private final Map<String, Connection> tools;
    private final Map<String, CrmMapping> mappings = new LinkedHashMap<>();
    private final Map<String, Composer> composers = new LinkedHashMap<>();
    private final Map<String, Pull> pulls = new LinkedHashMap<>();
    private final Map<String, PeopleRun> people = new LinkedHashMap<>();
    private final Map<String, Pusher> pushers = new LinkedHashMap<>();
    private final Map<String, Schema> schemas = new LinkedHashMap<>();
    private final Map<String, Caller> callers = new LinkedHashMap<>();
    private final Map<String, FileImport> imports = new LinkedHashMap<>();
    private Hooks hooks;
    private final Ledger ledger;
    private final Refresh refresh;
    private final Refresher refresher;
    private final Rules rules;
    private Api api;
    private Calls calls;
    private final Jobs jobs;
    private boolean idle;

    /**
     * Opens the store and prepares the routes; nothing is asked over the network before {@link #start()}.
     *
     * @param configuration of a home folder
     * @param settings its sound connections
     * @param tools its tool connections, by name
     */
    public Daemon(Configuration configuration, Settings settings, Map<String, Connection> tools, Clock clock) {
        this.home = configuration.home();
        this.settings = settings;
        this.tools = tools;
        this.clock = clock;
        this.jobs = new Jobs(main::getCamelContext, clock);
        String url = url(home, settings.store());
        this.alone = Alone.take(url);
        if (alone == null) {
            throw new Refusal(
                    Exit.FAILURE,
                    "Another Bellwether runs on the store " + settings.store().url()
                            + ": a SQLite file has one daemon. Stop that one, or use PostgreSQL, which several can share.");
        }
        this.store = open(url, settings.store());
        this.positions = new Positions(store);
        this.runs = new Runs(store, clock);
        this.pauses = new Pauses(store, clock);
        this.targets = new Targets(store, clock);
        this.acts = new Acts(store, clock);
        this.rules = Declared.rules(settings);
        for (CrmSettings crm : settings.crms().values()) {
            CrmMapping mapping = crm.enabled() ? configuration.crm(crm.crm()).value() : null;
            if (mapping != null) {
                mappings.put(crm.name(), mapping);
                composers.put(crm.name(), new Composer(crm.name(), mapping, crm.windowsInCrm()));
            }
        }
        List<Composer> projections = List.copyOf(composers.values());
        this.ledger = new Ledger(
                store,
                clock,
                new Matcher(Declared.keys(settings.health())),
                List.copyOf(projections),
                rules.attributeBy(),
                rules.acceptPartial());
        this.refresh = new Refresh(store, clock, List.copyOf(projections));
        Map<String, Instant> ruleSince = refresh.declare(Definitions.of(rules));
        this.refresher = new Refresher(refresh, held(tools), rules, ruleSince, projections, clock);
        Declared.surveys(tools.values()).forEach(ledger::declare);
        refresh.rules(Declared.fingerprint(rules, settings, mappings), rules.weighed());
        targets.release(claimant());
        acts.release(claimant());
        configure(configuration);
    }

    static Store open(String url, Settings.Store at) {
        return Store.open(
                url, at.user(), at.password() == null ? null : at.password().reveal());
    }

    /** Where the store is, as a JDBC address; a file is relative to the home folder. */
    public static String url(Path home, Settings.Store at) {
        return at.url().startsWith("jdbc:") ? at.url() : "jdbc:sqlite:" + home.resolve(at.url());
    }

    private void configure(Configuration configuration) {
        main.setPropertyPlaceholderLocations("file:" + home.resolve("config/application.properties"));
        // Who starts a daemon stops it: the hook that Camel would add waits a minute for somebody else to do so.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure().withJmxEnabled(false);
        main.configure().withShutdownTimeout(10).withShutdownSuppressLoggingOnTimeout(true);
        main.configure().withName("bellwether").withRoutesIncludePattern("file:" + home.resolve("routes") + "/*.yaml");
        // Quartz gives whoever asks the scheduler of that name in this process; each daemon has its own, however it
        // ends.
        String quartz = "camel.component.quartz.properties[org.quartz.";
        main.addInitialProperty(quartz + "scheduler.instanceName]", "bellwether-" + UUID.randomUUID());
        main.addInitialProperty(quartz + "threadPool.threadCount]", "10");
        Api.prepare(main);
        main.bind("inbox", ledger.inbox());
        main.bind("refresher", refresher);
        main.bind("faults", new FaultLog(clock));
        main.bind("resync", new Resync(refresh, targets, runs));
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeConfigure(BaseMainSupport starting) {
                CamelContext context = starting.getCamelContext();
                context.getPropertiesComponent()
                        .addPropertiesFunction(new EnvironmentFunction(configuration::variable));
                api = new Api(context);
            }

            @Override
            public void afterConfigure(BaseMainSupport started) {
                connect(started.getCamelContext());
                api.serve(parts());
            }
        });
    }

    private void connect(CamelContext context) {
        calls = new Calls(context, clock, () -> store);
        hooks = new Hooks(
                new Notices(store, clock),
                ledger.inbox(),
                pauses,
                (name, lag) ->
                        jobs.runFrom("pull", name, clock.instant().plus(lag).plus(HINTED)));
        context.getRegistry().bind("hooks", hooks);
        for (Connection tool : tools.values()) {
            Caller caller = calls.add(Wires.of(tool, home));
            callers.put(tool.name(), caller);
            hooks.open(tool, caller, clock);
            if (tool.tool().file() != null) {
                files(context, tool);
            }
            var known = new KnownRespondents(store);
            var pull = new Pull(
                    tool,
                    c -> new Puller(c, caller, known, clock),
                    positions,
                    runs,
                    pauses,
                    (name, at) -> jobs.run("pull", name, at),
                    clock,
                    settings.zone());
            pulls.put(tool.name(), pull);
            context.getRegistry().bind("pull-" + tool.name(), pull);
            route(
                    context,
                    "pull",
                    tool.name(),
                    idle || tool.closed()
                            ? Jobs.NEVER
                            : Jobs.options(tool.settings().schedule()));
        }
        for (var entry : mappings.entrySet()) {
            CrmSettings crm = settings.crms().get(entry.getKey());
            Caller caller = calls.add(Wires.org(crm, entry.getValue(), home));
            callers.put(crm.name(), caller);
            var schema = new Schema(entry.getValue(), crm.windowsInCrm(), caller, clock);
            Duration age = settings.health().signals().maxActAge();
            var door = new Door(crm, pauses, schema, clock);
            var pusher = new Pusher(crm, entry.getValue(), targets, schema, door, caller, clock, claimant());
            var actPusher = new ActPusher(crm, entry.getValue(), acts, schema, door, caller, age, clock, claimant());
            schemas.put(crm.name(), schema);
            pushers.put(crm.name(), pusher);
            context.getRegistry().bind("push-" + crm.name(), pusher);
            context.getRegistry().bind("acts-" + crm.name(), actPusher);
            if (!idle) {
                route(context, "push", crm.name(), null);
            }
            if (crm.directory()) {
                var reader = new PeopleReader(crm.name(), entry.getValue(), schema, caller, ledger, positions, clock);
                var run = new PeopleRun(
                        crm.name(), reader, runs, pauses, (name, at) -> jobs.run("people", name, at), clock);
                people.put(crm.name(), run);
                context.getRegistry().bind("people-" + crm.name(), run);
                route(context, "people", crm.name(), idle ? Jobs.NEVER : Jobs.options(crm.schedule()));
            }
        }
    }

    private void files(CamelContext context, Connection tool) {
        Path folder = FileImport.folder(home, tool);
        var files = new FileImport(tool, folder, ledger.inbox(), runs, clock);
        imports.put(tool.name(), files);
        context.getRegistry().bind("files-" + tool.name(), files);
        if (!idle) {
            TemplatedRouteBuilder.builder(context, "files")
                    .routeId("files-" + tool.name())
                    .parameter("connection", tool.name())
                    .parameter("folder", folder.toAbsolutePath().toString())
                    .add();
        }
    }

    /** Reads a file of a connection now, in this process, and brings the accounts up to date. */
    public FileImport.Result importNow(String connection, Path file, boolean sends, LongConsumer progress)
            throws InterruptedException {
        FileImport.Result result = imports.get(connection).read(file, sends, "command", progress);
        camel().createProducerTemplate()
                .sendBody("seda:refresh?waitForTaskToComplete=Never&discardWhenFull=true", null);
        refreshed();
        return result;
    }

    /** Waits until every account is brought up to date, or nothing moves any more. */
    public void refreshed() throws InterruptedException {
        long before = refresh.backlog();
        for (int still = 0; before > 0 && still < 20; Thread.sleep(150)) {
            long left = refresh.backlog();
            still = left == before ? still + 1 : 0;
            before = left;
        }
    }

    private static void route(CamelContext context, String template, String connection, String trigger) {
        var route = TemplatedRouteBuilder.builder(context, template)
                .routeId(template + "-" + connection)
                .parameter("connection", connection);
        if (trigger != null) {
            route.parameter("trigger", trigger);
        }
        route.add();
    }

    /** Starts the routes. */
    public void start() {
        main.start();
        api.started();
        settings.crms().values().stream()
                .filter(crm -> crm.directory() && mappings.containsKey(crm.name()))
                .filter(crm -> crm.schedule().cron() != null && !ledger.people().isComplete())
                .forEach(crm -> jobs.run("people", crm.name(), clock.instant()));
        tools.values().stream()
                .filter(tool -> !tool.closed()
                        && tool.settings().schedule().cron() != null
                        && positions.positions(tool.name()).isEmpty())
                .forEach(tool -> jobs.run("pull", tool.name(), clock.instant()));
    }

    /** Starts the routes, but nothing runs by itself: only what {@link #pullNow}, {@link #peopleNow} and {@link #pushNow} ask for. */
    public void startIdle() {
        idle = true;
        // Nobody looks for the API of one order, and a daemon beside it may have the port.
        main.addOverrideProperty("camel.server.host", "127.0.0.1");
        main.addOverrideProperty("camel.server.port", "0");
        main.start();
    }

    /** Runs a tool's connection now, as soon as a run under way has ended. */
    public void pullNow(String connection, String cause) {
        pulls.get(connection).because(cause);
        jobs.run("pull", connection, clock.instant());
    }

    private Parts parts() {
        return new Parts(
                settings,
                store,
                ledger,
                tools,
                pushers,
                schemas,
                positions,
                runs,
                pauses,
                targets,
                acts,
                refresh,
                rules,
                clock,
                new Levers(this, api, main.getCamelContext()));
    }

    /** Reads the people of the directory now, as soon as a run under way has ended. */
    public void peopleNow(String crm, String cause) {
        people.get(crm).because(cause);
        jobs.run("people", crm, clock.instant());
    }

    /** The port the API is bound to; known once started. */
    public int port() {
        return api.port();
    }

    /** Begins to tell a CRM what is owed, of a daemon that was started idle. */
    public void pushNow(String crm) {
        route(main.getCamelContext(), "push", crm, null);
    }

    private static Held held(Map<String, Connection> tools) {
        return new Held(tools.values().stream()
                .filter(tool -> !tool.closed())
                .collect(Collectors.toMap(Connection::name, Connection::source)));
    }

    private static String claimant() {
        return ProcessHandle.current().pid() + "@" + System.getenv().getOrDefault("HOSTNAME", "localhost");
    }

    public CamelContext camel() {
        return main.getCamelContext();
    }

    public Store store() {
        return store;
    }

    public Settings settings() {
        return settings;
    }

    public Map<String, Connection> tools() {
        return tools;
    }

    public Map<String, Pusher> pushers() {
        return pushers;
    }

    public Map<String, Schema> schemas() {
        return schemas;
    }

    public Map<String, Caller> callers() {
        return callers;
    }

    public Targets targets() {
        return targets;
    }

    public Acts acts() {
        return acts;
    }

    public Positions positions() {
        return positions;
    }

    public Runs runs() {
        return runs;
    }

    public Pauses pauses() {
        return pauses;
    }

    public Refresh refresh() {
        return refresh;
    }

    public Rules rules() {
        return rules;
    }

    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void close() {
        pulls.values().forEach(Pull::stop);
        if (calls != null) {
            calls.close();
        }
        main.stop();
        store.close();
        alone.close();
    }
}
