package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A Salesforce org on 127.0.0.1 that knows the company's accounts and contacts and has the custom fields for NPS. It answers
 * row by row as the vendor does and counts every creation. What goes beyond the vendor's API is under {@code /__simulator/}.
 */
public final class SalesforceSimulator implements AutoCloseable {
    /**
     * How the org behaves. {@code callsPerDay} counts calls to the API (not logins) from the first one on {@code clock};
     * {@code rowsPerQuery} is the size of a query's page; {@code folder}, if not null, keeps changes over restarts.
     */
    public record Options(
            int port,
            Clock clock,
            String clientId,
            String clientSecret,
            int callsPerDay,
            int rowsPerQuery,
            boolean newLoginEndsOthers,
            Path folder) {
        /** As a developer org: 15,000 calls a day, 2,000 rows a page, for the client {@code demo-client} with the secret {@code demo-secret}. */
        public static Options standard() {
            return new Options(0, Clock.systemUTC(), "demo-client", "demo-secret", 15_000, 2_000, false, null);
        }

        public Options port(int number) {
            return new Options(
                    number, clock, clientId, clientSecret, callsPerDay, rowsPerQuery, newLoginEndsOthers, folder);
        }

        public Options clock(Clock instants) {
            return new Options(
                    port, instants, clientId, clientSecret, callsPerDay, rowsPerQuery, newLoginEndsOthers, folder);
        }

        public Options credentials(String id, String secret) {
            return new Options(port, clock, id, secret, callsPerDay, rowsPerQuery, newLoginEndsOthers, folder);
        }

        public Options callsPerDay(int calls) {
            return new Options(port, clock, clientId, clientSecret, calls, rowsPerQuery, newLoginEndsOthers, folder);
        }

        public Options rowsPerQuery(int rows) {
            return new Options(port, clock, clientId, clientSecret, callsPerDay, rows, newLoginEndsOthers, folder);
        }

        public Options newLoginEndsOthers(boolean ends) {
            return new Options(port, clock, clientId, clientSecret, callsPerDay, rowsPerQuery, ends, folder);
        }

        public Options keptIn(Path directory) {
            return new Options(
                    port, clock, clientId, clientSecret, callsPerDay, rowsPerQuery, newLoginEndsOthers, directory);
        }
    }

    private final Org org;
    private final SalesforceService service;
    private final HttpFace face;

    private SalesforceSimulator(Org org, Resources resources, RowFaults faults, Options options, boolean inline) {
        this.org = org;
        AtomicReference<String> address = new AtomicReference<>();
        this.service = new SalesforceService(org, resources, faults, options, address::get);
        this.face = new HttpFace(service, options.port(), inline);
        address.set(face.baseUrl());
    }

    /** Starts an org with the company's accounts and contacts; contacts that {@link Company#grow} adds appear in it. */
    public static SalesforceSimulator start(Company company, Options options) {
        Org org = new Org(new Schema(), options.clock());
        Staff.hire(org);
        Staff.load(org, company);
        if (options.folder() != null) {
            org.keepIn(options.folder().resolve("salesforce.jsonl"));
        }
        RowFaults faults = new RowFaults();
        return new SalesforceSimulator(
                org, new SalesforceApi(org, faults, options.rowsPerQuery()), faults, options, false);
    }

    /** Starts an org with {@link Options#standard()}. */
    public static SalesforceSimulator start(Company company) {
        return start(company, Options.standard());
    }

    /**
     * Starts an org for measuring, without a daily limit: collections are acknowledged without being checked or kept, queries for
     * contacts are answered from bytes written once. {@code countKeys} false saves the few bytes per external id that tell a
     * creation from an update.
     */
    public static SalesforceSimulator prepared(Company company, boolean countKeys) {
        Options options = Options.standard().callsPerDay(Integer.MAX_VALUE);
        Org org = new Org(new Schema(), options.clock());
        Staff.hire(org);
        Staff.accounts(org, company);
        PreparedQueries queries = new PreparedQueries(org, company, options.rowsPerQuery());
        RowFaults faults = new RowFaults();
        Resources full = new SalesforceApi(org, faults, options.rowsPerQuery());
        return new SalesforceSimulator(
                org, new PreparedResources(full, queries, org.schema, countKeys), faults, options, true);
    }

    /** Where it listens; login and instance address are the same. */
    public String baseUrl() {
        return face.baseUrl();
    }

    /** The 18-character id of the user that API clients act as. */
    public String integrationUserId() {
        return Org.INTEGRATION_USER;
    }

    /** Lets something go wrong with calls to come. */
    public void fail(Fault fault) {
        face.faults.add(fault);
    }

    /** Lets the next {@code times} writes of one record fail with a row error; {@code key} is its id or external id. */
    public void failRow(String key, String statusCode, int times) {
        service.control.rowFaults.add(key, statusCode, times);
    }

    /** Forgets the faults still to come (not those of single rows). */
    public void clearFaults() {
        face.faults.clear();
    }

    /** Calls the listener on the serving thread when a call arrives and again before its answer is sent; it must not close the simulator. */
    public void onCall(Consumer<Call> listener) {
        face.onCall(listener);
    }

    /** Ends all sessions: the next call of each answers 401 INVALID_SESSION_ID. */
    public void expireTokens() {
        service.tokens.revokeAll();
    }

    /** How many access tokens were given out. */
    public long logins() {
        return service.tokens.issued();
    }

    /** Sets the daily limit. */
    public void callsPerDay(int calls) {
        service.limit.most(calls);
    }

    /** Calls per endpoint, e.g. {@code PATCH /composite/sobjects}, {@code GET /query}. */
    public Map<String, Long> calls() {
        return face.counters.calls();
    }

    /** Calls per endpoint and status. */
    public Map<String, Long> statuses() {
        return face.counters.statuses();
    }

    public void clearCalls() {
        face.counters.clear();
    }

    /** Records created by API clients, per object. */
    public Map<String, Long> created() {
        return service.control.counts.created();
    }

    /** Records updated by API clients, per object; a record updated twice counts twice. */
    public Map<String, Long> updated() {
        return service.control.counts.updated();
    }

    /** How often API clients created each record of the object, by external id where it has one, else by id. */
    public Map<String, Integer> creations(String object) {
        Map<String, Integer> times = new java.util.LinkedHashMap<>();
        service.control
                .counts
                .records(service.control.type(object).name)
                .forEach((key, value) -> times.put(key, value.created()));
        return times;
    }

    /** All records of an object as field to value (text, BigDecimal or Boolean; absent when empty), deleted ones too. */
    public List<Map<String, Object>> records(String object) {
        return service.control.rows(object);
    }

    /** The record with this 18-character id, empty when there is none. */
    public Map<String, Object> record(String object, String id) {
        synchronized (org) {
            Row row = org.find(service.control.type(object), id);
            return row == null ? Map.of() : SalesforceControl.shown(row);
        }
    }

    /** Changes a record as a person in the org would, by another user than the API client's. */
    public void edit(String object, String id, Map<String, ?> fields) {
        service.control.person.update(service.control.type(object), id, Json.MAPPER.<JsonNode>valueToTree(fields));
    }

    /** Creates a record as a person in the org would; returns its id. */
    public String add(String object, Map<String, ?> fields) {
        return service.control.person.create(service.control.type(object), Json.MAPPER.<JsonNode>valueToTree(fields));
    }

    /** Deletes a record as a person in the org would. */
    public void delete(String object, String id) {
        service.control.person.delete(service.control.type(object), id, null);
    }

    /** Merges a record into a master: it is deleted and points to the master. */
    public void merge(String object, String id, String masterId) {
        service.control.person.delete(service.control.type(object), id, masterId);
    }

    /** Adds a field; {@code type} is the vendor's word ("string", "double", "datetime", ...), {@code length} is the scale of numbers. */
    public void addField(String object, String name, String type, int length) {
        service.control.addField(object, name, type, length);
    }

    public void removeObject(String object) {
        service.control.removeObject(object);
    }

    public void removeField(String object, String name) {
        service.control.removeField(object, name);
    }

    /** Adds the account's NPS fields again for another window, e.g. {@code NPS_Promoters_Q__c} for the suffix {@code _Q}. */
    public void addAccountFields(String suffix) {
        org.schema.accountFields(suffix);
    }

    @Override
    public void close() {
        face.close();
        org.close();
    }
}
