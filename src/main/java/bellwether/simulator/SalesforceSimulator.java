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
    private final Counts counts;
    private final SalesforceService service;
    private final HttpFace face;

    private SalesforceSimulator(Org org, Resources resources, Options options, boolean inline) {
        this.org = org;
        this.counts = resources.counts();
        AtomicReference<String> address = new AtomicReference<>();
        this.service = new SalesforceService(org, resources, options, address::get);
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
        return new SalesforceSimulator(org, new SalesforceApi(org, options.rowsPerQuery()), options, false);
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
        Resources full = new SalesforceApi(org, options.rowsPerQuery());
        return new SalesforceSimulator(org, new PreparedResources(full, queries, org.schema, countKeys), options, true);
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

    public void clearFaults() {
        face.faults.clear();
    }

    /** Calls the listener on the serving thread when a call arrives and again before its answer is sent. */
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
        return counts.created();
    }

    /** Records updated by API clients, per object; a record updated twice counts twice. */
    public Map<String, Long> updated() {
        return counts.updated();
    }

    /** How often API clients created each record of the object, by external id where it has one, else by id. */
    public Map<String, Integer> creations(String object) {
        Map<String, Integer> times = new java.util.LinkedHashMap<>();
        counts.records(service.typeNamed(object).name).forEach((key, value) -> times.put(key, value.created()));
        return times;
    }

    /** All records of an object as field to value (text, BigDecimal or Boolean; absent when empty), deleted ones too. */
    public List<Map<String, Object>> records(String object) {
        synchronized (org) {
            return org.rows(service.typeNamed(object)).stream()
                    .map(SalesforceService::shown)
                    .toList();
        }
    }

    /** The record with this 18-character id, empty when there is none. */
    public Map<String, Object> record(String object, String id) {
        synchronized (org) {
            Row row = org.find(service.typeNamed(object), id);
            return row == null ? Map.of() : SalesforceService.shown(row);
        }
    }

    /** Changes a record as a person in the org would, by another user than the API client's. */
    public void edit(String object, String id, Map<String, ?> fields) {
        service.asPerson("update", object, id, Json.MAPPER.<JsonNode>valueToTree(fields), null);
    }

    /** Creates a record as a person in the org would; returns its id. */
    public String add(String object, Map<String, ?> fields) {
        return service.asPerson("create", object, null, Json.MAPPER.<JsonNode>valueToTree(fields), null);
    }

    /** Deletes a record as a person in the org would. */
    public void delete(String object, String id) {
        service.asPerson("delete", object, id, null, null);
    }

    /** Merges a record into a master: it is deleted and points to the master. */
    public void merge(String object, String id, String masterId) {
        service.asPerson("delete", object, id, null, masterId);
    }

    /** Adds a field; {@code type} is the vendor's word ("string", "double", "datetime", ...), {@code length} is the scale of numbers. */
    public void addField(String object, String name, String type, int length) {
        service.addField(object, name, type, length);
    }

    public void removeField(String object, String name) {
        service.removeField(object, name);
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
