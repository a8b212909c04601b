package bellwether.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The least that does the job once: eight connections, no store, no retries, no second run, everything in memory.
 * {@code <tool> <crm> <responses> <people> <passes>}.
 */
public final class Yardstick {
    private static final int CONNECTIONS = 8;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XX", Locale.ROOT);
    static final String CONTACTS = "SELECT Id,AccountId,Name,Title,Email,SystemModstamp,LastModifiedById,IsDeleted,"
            + "MasterRecordId FROM Contact ORDER BY SystemModstamp, Id";
    static final String ACCOUNTS = "SELECT Id,Name,OwnerId,AnnualRevenue,SystemModstamp,LastModifiedById,IsDeleted,"
            + "MasterRecordId FROM Account ORDER BY SystemModstamp, Id";

    private record Answered(
            String id, String person, String survey, Integer score, String text, Instant at, boolean excluded) {
        boolean counts() {
            return score != null && !excluded && (survey.equals("31") || survey.equals("32"));
        }
    }

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS, work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        return thread;
    });
    private final String tool;
    private final String crm;
    private final int responses;
    private final int people;
    private String toolToken;
    private String crmToken;

    private Yardstick(String tool, String crm, int responses, int people) {
        this.tool = tool;
        this.crm = crm;
        this.responses = responses;
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        Heap heap = new Heap();
        for (int pass = 1; pass <= Integer.parseInt(arguments[4]); pass++) {
            long start = System.nanoTime();
            Yardstick yardstick = new Yardstick(
                    arguments[0], arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            yardstick.run();
            Child.say("start", 0);
            Child.say("work", (System.nanoTime() - start) / 1_000_000);
            Child.say("held", heap.held());
            Child.say("used", heap.used());
            Child.done();
            yardstick.threads.shutdown();
            Child.pause();
        }
    }

    private void run() throws Exception {
        toolToken = login(tool + "/oauth/token");
        crmToken = login(crm + "/services/oauth2/token");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant since = LocalDate.now(ZoneOffset.UTC)
                .minusMonths(6)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Future<List<JsonNode>> contacts = threads.submit(() -> query(CONTACTS));
        Future<List<JsonNode>> accounts = threads.submit(() -> query(ACCOUNTS));
        Map<String, String> emails = new ConcurrentHashMap<>();
        Collection<Answered> answers = new ConcurrentLinkedQueue<>();
        List<Callable<Void>> slices = new ArrayList<>();
        Instant first = now.minus(640, ChronoUnit.DAYS);
        slice(
                first,
                now,
                people / 500 + 1,
                (from, to) -> slices.add(() -> pages("end_users", from, to, row -> {
                    if (row.hasNonNull("email")) {
                        emails.put(
                                row.get("id").asText(),
                                row.get("email").asText().strip().toLowerCase(Locale.ROOT));
                    }
                })));
        slice(
                since,
                now,
                responses / 1000 + 1,
                (from, to) -> slices.add(() -> pages("responses", from, to, row -> answers.add(answered(row)))));
        for (Future<Void> slice : threads.invokeAll(slices)) {
            slice.get();
        }
        accounts.get();
        push(answers, emails, contacts.get());
    }

    private interface Span {
        void of(Instant from, Instant to);
    }

    private static void slice(Instant from, Instant to, int slices, Span span) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        for (int i = 0; i < slices; i++) {
            span.of(from.plusSeconds(seconds * i / slices), from.plusSeconds(seconds * (i + 1) / slices));
        }
    }

    private Void pages(String what, Instant from, Instant to, java.util.function.Consumer<JsonNode> row)
            throws IOException, InterruptedException {
        for (int page = 1; ; page++) {
            JsonNode rows = get(
                    tool + "/v1/" + what + "?sort_key=created_at&sort_order=asc&per_page=50&page=" + page
                            + "&created%5Bgte%5D=" + from.getEpochSecond() + "&created%5Blt%5D=" + to.getEpochSecond(),
                    toolToken);
            rows.forEach(row);
            if (rows.size() < 50) {
                return null;
            }
        }
    }

    private static Answered answered(JsonNode row) {
        return new Answered(
                row.get("id").asText(),
                row.get("end_user_id").asText(),
                row.get("survey_id").asText(),
                row.get("score").isNull() ? null : row.get("score").asInt(),
                row.get("text").asText(null),
                OffsetDateTime.parse(row.get("created_at").asText(), TIME).toInstant(),
                row.get("excluded_from_calculations").asBoolean());
    }

    private List<JsonNode> query(String soql) throws IOException, InterruptedException {
        List<JsonNode> records = new ArrayList<>();
        String next = "/services/data/v66.0/query?q=" + URLEncoder.encode(soql, StandardCharsets.UTF_8);
        while (next != null) {
            JsonNode page = get(crm + next, crmToken);
            page.get("records").forEach(records::add);
            next = page.path("nextRecordsUrl").asText(null);
        }
        return records;
    }

    private void push(Collection<Answered> answers, Map<String, String> emails, List<JsonNode> contacts)
            throws Exception {
        Map<String, JsonNode> byEmail = new HashMap<>();
        for (JsonNode contact : contacts) {
            if (contact.hasNonNull("Email")) {
                byEmail.put(contact.get("Email").asText().strip().toLowerCase(Locale.ROOT), contact);
            }
        }
        Map<JsonNode, List<Answered>> byContact = new HashMap<>();
        Batches batches = new Batches("/composite/sobjects/NPS_Response__c/Response_Id__c");
        for (Answered answered : answers) {
            String email = emails.get(answered.person());
            JsonNode contact = email == null ? null : byEmail.get(email);
            if (contact != null) {
                byContact.computeIfAbsent(contact, c -> new ArrayList<>()).add(answered);
                batches.add(Records.response(
                        answered.id(),
                        contact,
                        answered.survey(),
                        answered.score(),
                        answered.text(),
                        answered.at(),
                        answered.counts()));
            }
        }
        batches.end();
        Batches people = new Batches("/composite/sobjects");
        Map<String, int[]> accounts = new HashMap<>();
        byContact.forEach((contact, given) -> {
            given.sort(java.util.Comparator.comparing(Answered::at));
            List<Answered> counted = given.stream().filter(Answered::counts).toList();
            Answered last = counted.isEmpty() ? null : counted.get(counted.size() - 1);
            Integer previous =
                    counted.size() < 2 ? null : counted.get(counted.size() - 2).score();
            people.add(Records.contact(
                    contact,
                    last == null ? null : last.score(),
                    previous,
                    last == null ? null : last.text(),
                    last == null ? null : last.at(),
                    counted.size()));
            String account = contact.path("AccountId").asText(null);
            if (account != null) {
                int[] tally = accounts.computeIfAbsent(account, a -> new int[3]);
                if (last != null) {
                    tally[last.score() >= 9 ? 0 : last.score() >= 7 ? 1 : 2]++;
                }
            }
        });
        people.end();
        Batches customers = new Batches("/composite/sobjects");
        accounts.forEach((id, tally) -> customers.add(Records.account(id, tally)));
        customers.end();
        for (Batches all : List.of(batches, people, customers)) {
            for (Future<Void> sent : all.sent) {
                sent.get();
            }
        }
    }

    /** Gathers records to batches of 200, each sent by one of the eight threads. */
    private final class Batches {
        private final String path;
        private final List<Future<Void>> sent = new ArrayList<>();
        private ArrayNode records = JSON.createArrayNode();

        Batches(String path) {
            this.path = path;
        }

        void add(ObjectNode record) {
            records.add(record);
            if (records.size() == 200) {
                end();
            }
        }

        void end() {
            if (!records.isEmpty()) {
                ObjectNode body = JSON.createObjectNode().put("allOrNone", false);
                body.set("records", records);
                records = JSON.createArrayNode();
                sent.add(threads.submit(() -> post(path, body)));
            }
        }
    }

    private Void post(String path, ObjectNode body) throws IOException, InterruptedException {
        int records = body.get("records").size();
        HttpRequest request = HttpRequest.newBuilder(URI.create(crm + "/services/data/v66.0" + path))
                .header("Authorization", "Bearer " + crmToken)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        JsonNode results = read(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
        int done = 0;
        for (JsonNode result : results) {
            done += result.get("success").asBoolean() ? 1 : 0;
        }
        if (done != records) {
            throw new IOException(records - done + " rows were refused");
        }
        return null;
    }

    private JsonNode get(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Authorization", "Bearer " + token)
                .build();
        return read(http.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    }

    private static JsonNode read(HttpResponse<byte[]> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IOException(answer.uri() + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }

    private String login(String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret"))
                .build();
        return read(http.send(request, HttpResponse.BodyHandlers.ofByteArray()))
                .get("access_token")
                .asText();
    }
}
