package bellwether.admin;

import bellwether.mapping.CrmSettings;
import bellwether.source.Connection;
import bellwether.source.Position;
import bellwether.store.DeadLetters;
import bellwether.store.SilentSurveys;
import bellwether.store.Targets;
import bellwether.store.UndeclaredSurveys;
import bellwether.store.Vanished;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The connections with all that an admin wants to know of them. */
public final class ConnectionsResource {
    private final Parts parts;
    private final States states;
    private final DeadLetters letters;
    private final UndeclaredSurveys surveys;
    private final SilentSurveys silent;

    public ConnectionsResource(Parts parts) {
        this.parts = parts;
        this.states = new States(parts);
        this.letters = new DeadLetters(parts.store(), parts.clock());
        this.surveys = new UndeclaredSurveys(parts.store());
        this.silent = new SilentSurveys(parts.store());
    }

    /** All of them, tools first. */
    public Page<ConnectionView> list(Map<String, Object> headers) {
        Ask.of(headers).done();
        return new Page<>(states.all().stream().map(this::view).toList(), null);
    }

    /** One by its name. */
    public ConnectionView one(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        return view(states.of(known(parts, ask.path("name"))));
    }

    /** The name, if it is one of a connection. */
    static String known(Parts parts, String name) {
        if (!parts.known(name)) {
            throw Problem.notFound(
                    "CONNECTION_NOT_FOUND",
                    "There is no connection " + name + ".",
                    "GET /api/v1/connections lists them; config/connections.yaml declares them.");
        }
        return name;
    }

    private ConnectionView view(State state) {
        String name = state.name();
        Connection tool = parts.tools().get(name);
        CrmSettings crm = parts.settings().crms().get(name);
        List<Position> positions = parts.positions().positions(name);
        List<UndeclaredSurveys.Seen> undeclared = tool == null ? null : surveys.of(tool.source());
        var only = crm == null ? Targets.Only.ALL : new Targets.Only(crm.onlyAccounts());
        Map<String, Map<String, Long>> targets =
                crm == null ? null : byKind(parts.targets().counts(name, only));
        Map<String, Map<String, Long>> acts =
                crm == null ? null : byKind(parts.acts().counts(name, only));
        Long held = targets == null
                ? null
                : targets.values().stream()
                        .mapToLong(byStatus -> byStatus.getOrDefault("held", 0L))
                        .sum();
        List<String> missing =
                parts.schemas().containsKey(name) ? parts.schemas().get(name).complaints() : null;
        long open = letters.open(name);
        Vanished.Question vanished = parts.ledger().vanished().question(name).orElse(null);
        return new ConnectionView(
                name,
                state.kind(),
                tool != null ? tool.settings().tool() : crm != null ? crm.crm() : null,
                tool == null ? null : tool.source(),
                crm != null && crm.directory(),
                state.state(),
                state.until(),
                state.fault(),
                positions.stream().map(ConnectionView.Scan::of).toList(),
                lag(crm != null, positions),
                tool == null ? null : from(positions),
                tool == null ? null : parts.positions().requestedBackfill(name).orElse(null),
                parts.runs().last(name).map(run -> RunView.of(run, positions)).orElse(null),
                open,
                vanished,
                undeclared,
                tool == null ? null : silent.of(tool.source()),
                crm == null ? null : crm.push().name().toLowerCase(Locale.ROOT),
                targets,
                acts,
                held,
                missing,
                crm == null ? null : parts.refresh().backlog(),
                attention(name, state, undeclared, vanished, held, acts, missing, open));
    }

    private static List<String> attention(
            String name,
            State state,
            List<UndeclaredSurveys.Seen> undeclared,
            Vanished.Question vanished,
            Long held,
            Map<String, Map<String, Long>> acts,
            List<String> missing,
            long open) {
        List<String> attention = new ArrayList<>();
        if (state.state().equals("paused") || state.state().equals("broken")) {
            attention.add(state.fault().reason() + " " + state.fault().advice());
        }
        if (state.fault() != null && state.fault().code().startsWith("STORE_")) {
            attention.add(state.fault().reason());
        }
        if (undeclared != null) {
            undeclared.forEach(s -> attention.add("Survey " + s.survey() + " is declared nowhere: " + s.responses()
                    + " responses are stored and not counted. Name it in nps_surveys, csat_surveys or ces_surveys of "
                    + name + "."));
        }
        if (vanished != null) {
            attention.add(vanished.responses() + " responses, answered from " + vanished.first() + " to "
                    + vanished.latest()
                    + ", were twice not in what the tool answers: too many to take them for deleted."
                    + " If they are, POST /api/v1/connections/" + name + "/approve removes them.");
        }
        if (held != null && held > 0) {
            attention.add(
                    held + " rows would change, more than max_change allows; they are held. POST /api/v1/connections/"
                            + name + "/approve lets them go.");
        }
        long unknown = acts == null
                ? 0
                : acts.values().stream()
                        .mapToLong(byStatus -> byStatus.getOrDefault("unknown", 0L))
                        .sum();
        if (unknown > 0) {
            attention.add("Of " + unknown + " acts nobody knows whether they were done: GET /api/v1/acts?status=unknown"
                    + " lists them. Those with idempotency none wait until POST /api/v1/acts/{id}/resolve says so.");
        }
        if (missing != null) {
            attention.addAll(missing);
        }
        if (open > 0) {
            attention.add(open + " records were set aside: GET /api/v1/dead-letters?connection=" + name + ".");
        }
        return attention;
    }

    private static Map<String, Map<String, Long>> byKind(Map<String, Long> counts) {
        Map<String, Map<String, Long>> byKind = new TreeMap<>();
        counts.forEach((what, n) -> {
            String[] kindAndStatus = what.split("/");
            byKind.computeIfAbsent(kindAndStatus[0], k -> new TreeMap<>()).put(kindAndStatus[1], n);
        });
        return byKind;
    }

    /** Of a tool up to where the scan for what is new, or before that the backfill, has come; of the directory the older of its kinds. */
    private Long lag(boolean crm, List<Position> positions) {
        return Stream.of(crm ? "people:" : Position.INCREMENTAL, crm ? "people:" : Position.BACKFILL)
                .map(scan -> positions.stream()
                        .filter(p -> p.scan().startsWith(scan))
                        .map(Position::coveredUntil)
                        .min(Instant::compareTo))
                .flatMap(Optional::stream)
                .findFirst()
                .map(at -> Math.max(
                        0, Duration.between(at, parts.clock().instant()).toSeconds()))
                .orElse(null);
    }

    private static Instant from(List<Position> positions) {
        return positions.stream()
                .filter(p -> p.scan().equals(Position.BACKFILL))
                .map(Position::from)
                .findFirst()
                .orElse(null);
    }
}
