package bellwether.admin;

import bellwether.mapping.CrmSettings;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;

/** What a person may tell a connection to do. Whatever takes time is a run of its own, and its address is answered at once. */
public final class Orders {
    private static final String WHO = "rest";
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /** What came of an order that is done at once. */
    public record Done(String connection, String done, Long rows) {}

    private final Parts parts;
    private final States states;

    public Orders(Parts parts) {
        this.parts = parts;
        this.states = new States(parts);
    }

    /** Reads a tool now. */
    public RunView pull(Map<String, Object> headers) {
        Ask ask = plain(headers);
        String tool = going(tool(ask));
        long number = RunsResource.newest(parts, tool) + 1;
        parts.controls().pull(tool);
        return accepted(ask, tool, number);
    }

    /** Reads the people of the directory now. */
    public RunView people(Map<String, Object> headers) {
        Ask ask = plain(headers);
        String crm = crm(ask);
        if (!crm.equals(parts.directory())) {
            throw Problem.conflict(
                    "NOT_THE_DIRECTORY",
                    "People are read from the directory, which " + crm + " is not.",
                    "Ask for the people of " + parts.directory() + ".");
        }
        going(crm);
        long number = RunsResource.newest(parts, crm) + 1;
        parts.controls().people(crm);
        return accepted(ask, crm, number);
    }

    /** Reads a tool again from a date or an instant on; what is known already stays as it is. */
    public RunView backfill(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        Instant since = ask.value("since", this::since, null);
        if (since == null && ask.text("since") == null) {
            ask.refuse("since", "It is needed: a date (2026-01-01) or an instant (2026-01-01T00:00:00Z).");
        }
        ask.done();
        String tool = going(tool(ask));
        parts.positions().requestBackfill(tool, since, WHO, parts.clock().millis());
        // A run that began in between has taken the request along.
        boolean taken = parts.positions().requestedBackfill(tool).isEmpty();
        long number = RunsResource.newest(parts, tool) + (taken ? 0 : 1);
        parts.controls().pull(tool);
        return accepted(ask, tool, number);
    }

    /** Computes everything anew from the ledger and tells the CRM what differs; asks no tool. */
    public RunView resync(Map<String, Object> headers) {
        Ask ask = plain(headers);
        String crm = crm(ask);
        long number = parts.runs().begin(crm, "resync", WHO);
        parts.controls().resync(crm, number);
        ask.accepted(RunView.id(crm, number));
        return parts.runs()
                .run(crm, number)
                .map(run -> RunView.of(run, parts.positions().positions(crm)))
                .orElseThrow();
    }

    /** Lets go a CRM's rows that were held because too many would change; of a tool removes what it shows no more. */
    public Done approve(Map<String, Object> headers) {
        String name = enabled(plain(headers));
        if (!parts.tools().containsKey(name)) {
            return new Done(name, "approved", (long) parts.targets().approve(name, WHO));
        }
        int removed = parts.ledger().vanished().approve(name, WHO);
        if (removed > 0) {
            parts.controls().refresh();
        }
        return new Done(name, "approved", (long) removed);
    }

    /** Stops a connection until it is resumed; a run under way ends first. */
    public State pause(Map<String, Object> headers) {
        String name = enabled(plain(headers));
        parts.pauses().pause(name, "PAUSED_BY_PERSON", "A person paused it.");
        return states.of(name);
    }

    /** Lets a connection go on, at once. */
    public State resume(Map<String, Object> headers) {
        String name = enabled(plain(headers));
        if (parts.pauses().resume(name)) {
            if (parts.tools().containsKey(name)) {
                parts.controls().pull(name);
            } else if (name.equals(parts.directory())) {
                parts.controls().people(name);
            }
        }
        return states.of(name);
    }

    private static Ask plain(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        ask.done();
        return ask;
    }

    private static RunView accepted(Ask ask, String connection, long number) {
        ask.accepted(RunView.id(connection, number));
        return RunView.due(connection, number);
    }

    private String tool(Ask ask) {
        String name = enabled(ask);
        if (!parts.tools().containsKey(name)) {
            throw Problem.conflict(
                    "NOT_A_TOOL",
                    name + " is a CRM, and this is for tools.",
                    "A CRM takes resync, approve and, if it is the directory, people.");
        }
        return name;
    }

    private String crm(Ask ask) {
        String name = enabled(ask);
        CrmSettings crm = parts.settings().crms().get(name);
        if (crm == null) {
            throw Problem.conflict(
                    "NOT_A_CRM", name + " is a tool, and this is for CRMs.", "A tool takes pull and backfill.");
        }
        return name;
    }

    private String enabled(Ask ask) {
        String name = ConnectionsResource.known(parts, ask.path("name"));
        if (!parts.tools().containsKey(name) && !parts.pushers().containsKey(name)) {
            throw Problem.conflict(
                    "CONNECTION_OUT_OF_USE",
                    name + " is disabled or its configuration has a mistake.",
                    "GET /api/v1/connections/" + name + " says which.");
        }
        return name;
    }

    private String going(String name) {
        parts.pauses().of(name).ifPresent(pause -> {
            throw Problem.conflict(
                    "CONNECTION_PAUSED",
                    name + " is paused: " + pause.reason(),
                    "POST /api/v1/connections/" + name + "/resume lets it go on, and runs it.");
        });
        return name;
    }

    private Instant since(String text) {
        Instant since;
        try {
            since = text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? LocalDate.parse(text)
                            .atStartOfDay(parts.settings().zone())
                            .toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("Write a date (2026-01-01) or an instant (2026-01-01T00:00:00Z).", e);
        }
        if (since.isBefore(EARLIEST) || since.isAfter(parts.clock().instant())) {
            throw new IllegalArgumentException("It must lie between the year 2000 and now.");
        }
        return since;
    }
}
