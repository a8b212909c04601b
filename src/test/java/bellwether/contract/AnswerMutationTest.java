package bellwether.contract;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Respondent;
import bellwether.source.Connection;
import bellwether.source.Export;
import bellwether.source.HttpCaller;
import bellwether.source.Position;
import bellwether.source.Puller;
import bellwether.source.Step;
import bellwether.source.Tool;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Answers of every contract's tool, damaged: whatever comes, nothing crashes, and of each answer that is taken every record is accepted,
 * set aside, skipped or recognised. The records sent are counted here, without the code that reads them.
 */
class AnswerMutationTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ContractServer server;

    /** Of the answers that are still JSON and were taken: the records in them, and what became of these. */
    private static final class Sum {
        private long sent;
        private long accepted;
        private long aside;
        private long skipped;
        private long repeated;
    }

    /** One answer with responses, of a tool. */
    private record Target(
            ToolContractTest.Case tool,
            Contract contract,
            Contract.Exchange exchange,
            Tool declared,
            Connection connection) {
        boolean asked(ContractServer.Asked request) {
            return request.method().equals(exchange.method())
                    && request.path().equals(exchange.path())
                    && called(request.body()).equals(called(exchange.body()));
        }

        private static String called(JsonNode body) {
            return body == null ? "" : body.path("method").asText();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        server = new ContractServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyRecordOfADamagedAnswerIsAccountedFor() throws IOException {
        damage(1_000, 11);
    }

    /** Minutes: {@code mvn -Psoak -Dtest=AnswerMutationTest}. */
    @Test
    @Tag("soak")
    void everyRecordOfAHundredThousandDamagedAnswersIsAccountedFor() throws IOException {
        damage(100_000, 12);
    }

    private static void damage(int answers, long seed) throws IOException {
        List<Target> targets = targets();
        Random random = new Random(seed);
        Sum sum = new Sum();
        int taken = 0;
        for (int i = 0; i < answers; i++) {
            Target target = targets.get(random.nextInt(targets.size()));
            JsonNode whole = target.exchange.answer().deepCopy();
            boolean valid = random.nextBoolean();
            if (valid) whole = changed(whole, rows(whole, target), random);
            byte[] body = server.reply(target.exchange.answering(whole)).body();
            if (!valid) body = broken(body, random);
            if (step(target, body, valid ? whole : null, "seed " + seed + ", answer " + i, sum)) taken++;
        }
        System.out.printf(
                "damaged answers: %,d of the contracts of %d tools, %,d taken; of the %,d records in those that are still JSON %,d were"
                        + " accepted, %,d set aside, %,d skipped and %,d recognised%n",
                answers, targets.size(), taken, sum.sent, sum.accepted, sum.aside, sum.skipped, sum.repeated);
        assertThat(taken).isGreaterThan(answers / 5);
        assertThat(sum.accepted + sum.aside + sum.skipped + sum.repeated).isEqualTo(sum.sent);
    }

    /** True if the answer was taken as a page. */
    private static boolean step(Target target, byte[] body, JsonNode whole, String which, Sum sum) {
        server.serve(
                List.of(),
                request -> target.asked(request)
                        ? new ContractServer.Reply(200, Map.of("Content-Type", "application/json"), body)
                        : other(target, request));
        String parent = target.contract.expected().positions().stream()
                .filter(position -> position.path("scan").asText().equals(Position.BACKFILL))
                .findFirst()
                .orElseThrow()
                .path("parent")
                .asText();
        Instant now = Instant.parse(target.contract.now());
        Position position = Position.open(
                        target.connection.name(), Position.BACKFILL, Instant.EPOCH, now.plusSeconds(600))
                .of(parent);
        Step step = null;
        for (int i = 0; i < 4 && (step == null || step instanceof Step.Wait wait && wait.patient()); i++) {
            Clock clock = Clock.fixed(now.plusSeconds(10L * i), ZoneOffset.UTC);
            step = new Puller(target.connection, new HttpCaller(server.base()), AnswerMutationTest::known, clock)
                    .next(position);
            position = step.position();
        }
        if (!(step instanceof Step.Page page)) return false;
        long aside = page.setAside().stream()
                .filter(one -> one.kind().equals("response"))
                .count();
        long told = page.responses().size() + aside + page.skipped() + page.repeated();
        if (whole != null) {
            sum.sent += count(rows(whole, target));
            sum.accepted += page.responses().size();
            sum.aside += aside;
            sum.skipped += page.skipped();
            sum.repeated += page.repeated();
            assertThat(told).as(target.tool + ", " + which + ": " + whole).isEqualTo(count(rows(whole, target)));
        }
        page.responses().forEach(response -> assertThat(response.contentHash()).isNotBlank());
        page.responses().forEach(response -> {
            if (response.score() != null) assertThat(response.score()).isBetween(0, 10);
        });
        return true;
    }

    /** Everybody is, so that nobody is asked for. */
    private static Map<String, Respondent> known(String source, Collection<String> ids) {
        Map<String, Respondent> all = new HashMap<>();
        ids.forEach(id -> all.put(id, new Respondent(source, id, null, null, null, null, null, null, null)));
        return all;
    }

    /** What the contract answers to other calls: last before the damaged one, or else first after it. */
    private static ContractServer.Reply other(Target target, ContractServer.Asked request) {
        List<Contract.Exchange> all = target.contract.exchanges();
        int here = all.indexOf(target.exchange);
        List<Contract.Exchange> order = new ArrayList<>(all.subList(0, here));
        Collections.reverse(order);
        order.addAll(all.subList(here, all.size()));
        for (Contract.Exchange exchange : order) {
            boolean same = exchange.status() == 200
                    && exchange.path().equals(request.path())
                    && exchange.method().equals(request.method())
                    && Target.called(exchange.body()).equals(Target.called(request.body()));
            try {
                if (same) return server.reply(exchange);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return ContractServer.Reply.of(404, "{}");
    }

    /** Answers in JSON that hold responses. */
    private static List<Target> targets() throws IOException {
        List<Target> targets = new ArrayList<>();
        for (ToolContractTest.Case tool : ToolContractTest.tools().toList()) {
            Contract contract = tool.contract();
            Tool declared = tool.declared();
            Connection connection = ToolContractTest.connection(tool, contract, server.base());
            Export export = declared.responses().export();
            String path = (export == null
                            ? declared.responses().path()
                            : export.download().path())
                    .replaceAll("\\{[^}]*}", ".*");
            String id = contract.expected().responses().get(0).path("id").asText();
            contract.exchanges().stream()
                    .map(exchange -> new Target(tool, contract, exchange, declared, connection))
                    .filter(t -> t.exchange.answer() != null
                            && t.exchange.answer().toString().contains(id))
                    .filter(t -> t.exchange.path().matches(path) && rows(t.exchange.answer(), t) != null)
                    .findFirst()
                    .ifPresent(targets::add);
        }
        assertThat(targets).hasSizeGreaterThan(8);
        return targets;
    }

    /** The list of records, or null. */
    private static JsonNode rows(JsonNode answer, Target target) {
        Contract.Exchange.Packed packed = target.exchange.packed();
        JsonNode at = packed == null || packed.at() == null ? answer : answer.path(packed.at());
        String place = target.declared.responses().records();
        for (String name : place.equals("$") ? new String[0] : place.split("\\.")) at = at.path(name);
        return at.isArray() ? at : null;
    }

    private static long count(JsonNode rows) {
        return rows == null ? 0 : rows.size();
    }

    /** Still JSON: other types, nothing, missing and doubled things, odd dates and numbers, deep nesting. */
    private static JsonNode changed(JsonNode whole, JsonNode rows, Random random) throws IOException {
        for (int i = random.nextInt(3); i >= 0; i--) {
            ArrayNode list = (ArrayNode) rows;
            if (list.isEmpty() || random.nextInt(8) == 0) {
                visit(whole, random);
                if (!list.isEmpty())
                    list.add(list.get(random.nextInt(list.size())).deepCopy());
            } else {
                int at = random.nextInt(list.size());
                switch (random.nextInt(10)) {
                    case 0 -> list.set(at, strange(random));
                    case 1 -> list.insert(at, strange(random));
                    case 2 -> list.remove(at);
                    default -> visit(list.get(at), random);
                }
            }
        }
        return whole;
    }

    private static void visit(JsonNode node, Random random) throws IOException {
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            if (object.get(name).isContainerNode() && random.nextInt(4) > 0) visit(object.get(name), random);
            else if (random.nextInt(5) == 0) object.remove(name);
            else object.set(name, strange(random));
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            visit(array.get(random.nextInt(array.size())), random);
        }
    }

    private static JsonNode strange(Random random) throws IOException {
        if (random.nextInt(12) > 0)
            return JSON.readTree(MutationTest.STRANGE.get(random.nextInt(MutationTest.STRANGE.size())));
        JsonNode deep = JsonNodeFactory.instance.numberNode(9);
        for (int i = random.nextInt(400); i >= 0; i--)
            deep = i % 2 == 0
                    ? JsonNodeFactory.instance.arrayNode().add(deep)
                    : JsonNodeFactory.instance.objectNode().set("a", deep);
        return deep;
    }

    /** Cut off, doubled, with bytes changed, or a second key of the same name. */
    private static byte[] broken(byte[] body, Random random) {
        if (body.length < 4) return body;
        int at = random.nextInt(body.length);
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String other =
                switch (random.nextInt(5)) {
                    case 0 -> text.substring(0, at);
                    case 1 -> text.substring(0, at) + text.substring(random.nextInt(body.length));
                    case 2 -> text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
                    case 3 -> text.replaceFirst("\\{\"", "{\"id\":[],\"");
                    default -> text + text.substring(at);
                };
        return other.getBytes(StandardCharsets.ISO_8859_1);
    }
}
