package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Configuration;
import bellwether.mapping.Loaded;
import bellwether.mapping.Tier;
import bellwether.nps.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way of cutting a list, over HTTP, while rows are added, edited and deleted under the reader. */
public class PagingTest {
    private static final Instant FROM = Instant.parse("2026-05-22T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /** A way of asking for the same rows. */
    public enum Way {
        PAGES("/page", "page, page: page, size: size, first: 1, most: 20", "asc", "[)"),
        PAGES_FROM_ZERO("/page", "page, page: page, size: size, first: 0, most: 20, pages: pages", "asc", "[]"),
        PAGES_IN_PATH("/page/{page}", "page, size: size, first: 1, most: 20, last: 3", "asc", "()"),
        PAGES_DOWN("/page", "page, page: page, size: size, first: 1, most: 20", "desc", "(]"),
        PAGES_DOWN_TO_A_CAP("/page", "page, page: page, size: size, first: 1, most: 20, last: 2", "desc", "[)"),
        OFFSET("/offset", "offset, offset: offset, size: size, most: 20, total: total", "asc", "[]"),
        OFFSET_DOWN("/offset", "offset, offset: offset, size: size, most: 20, cap: 40", "desc", "()"),
        CURSOR("/cursor", "cursor, token: token, next: next, more: more, size: size, most: 20", "asc", "[)"),
        CURSOR_TO_A_CAP("/cursor", "cursor, token: token, next: next, size: size, most: 20, cap: 60", "asc", "()"),
        CURSOR_DOWN("/cursor", "cursor, token: token, next: next, size: size, most: 20, cap: 60", "desc", "[]"),
        ROW("/row", "row, token: token, next: token, size: size, most: 20", "desc", "[]"),
        NEXT("/next", "next, next: next, more: more, size: size, most: 20", "desc", "()"),
        NEXT_ABSOLUTE("/absolute", "next, next: next, size: size, most: 20", "asc", "[)"),
        NEXT_POSTED("/next", "next, next: next, size: size, most: 20", "asc", "[]"),
        LINK("/link", "link, size: size, most: 20", "asc", "(]"),
        ALL("/all", "none", "asc", "[)"),
        BY_UPDATE("/page", "page, page: page, size: size, first: 1, most: 20", "asc", "[)");

        final String path;
        final String paging;
        final String order;
        final String bounds;

        Way(String path, String paging, String order, String bounds) {
            this.path = path;
            this.paging = paging;
            this.order = order;
            this.bounds = bounds;
        }

        /** @param size rows per page; the caps are multiples of it */
        public String yaml(String as, int size) {
            String paging = this.paging
                    .replace("most: 20", "most: " + size)
                    .replace("cap: 40", "cap: " + 2 * size)
                    .replace("cap: 60", "cap: " + 3 * size);
            boolean posted = this == NEXT_POSTED;
            String by = this == BY_UPDATE ? "updated" : "created";
            String fixed = "by: " + by + ", order: " + order + ", bounds: \"" + bounds + "\"";
            return String.join(
                    "\n",
                    "tool: acme",
                    "label: Acme",
                    "base_url: http://acme.test",
                    "settings: {key: {what: the key}}",
                    "auth: {kind: header, name: X-Key, value: \"{key}\"}",
                    "time_formats: [iso]",
                    "responses:",
                    "  path: " + path,
                    posted
                            ? "  method: POST\n  body: {" + fixed
                                    + ", from: \"{from}\", to: \"{to}\", size: \"{size}\"}"
                            : "  query: {" + fixed + (this == PAGES_FROM_ZERO ? ", first: \"0\"" : "") + "}",
                    "  records: data",
                    "  paging: {kind: " + paging + "}",
                    "  cursor: {word: " + by + "_at" + (posted ? "" : ", from: from, to: to") + ", as: " + as
                            + ", bounds: \"" + bounds + "\", order: "
                            + (order.equals("asc") ? "ascending" : "descending")
                            + ", window: 40d, overlap: 10m}",
                    "  map: {id: id, metric: {value: nps}, score: score, comment: text, answered_at: created, created_at: created, updated_at:"
                            + " updated}");
        }
    }

    @TempDir
    Path home;

    private final Run run = new Run();
    private final Random random = new Random(20261122);
    private ChangingServer tool;
    /** What may be changed: the rows that are there. */
    private final List<Long> ids = new ArrayList<>();

    private int size = 20;
    private int changes = 1;

    @BeforeEach
    void start() throws IOException {
        tool = new ChangingServer();
    }

    @AfterEach
    void stop() {
        tool.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyRowIsReadOnce(Way way) throws IOException {
        fill(237);
        for (String as : List.of("unix_seconds", "unix_millis", "iso")) {
            Run once = new Run();
            go(once, way, as, NOW, List.of());
            assertThat(once.stops).as(way + " " + as).isEmpty();
            assertThat(once.responses.stream().map(PagingTest::id))
                    .as(way + " " + as)
                    .doesNotHaveDuplicates()
                    .containsExactlyInAnyOrderElementsOf(tool.items.keySet());
            assertThat(once.positions.values()).noneMatch(Position::open);
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void nothingIsLostWhileTheListChanges(Way way) throws IOException {
        changing(way, 300);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    @Tag("soak")
    void nothingIsLostOfManyWhileTheListChanges(Way way) throws IOException {
        size = 1000;
        changes = 50;
        changing(way, 100_000);
    }

    private void changing(Way way, int rows) throws IOException {
        fill(rows);
        Set<Long> stayed = new HashSet<>(tool.items.keySet());
        tool.before = () -> {
            for (int i = 0; i < changes; i++) change(stayed, NOW);
        };
        go(run, way, "unix_millis", NOW, List.of());
        stayed.removeAll(known().keySet());
        assertThat(stayed)
                .as("rows that were there all the time and were not read")
                .isEmpty();

        tool.before = () -> {};
        List<Tier> all = List.of(new Tier(null, Duration.ofHours(1)));
        go(run, way, "unix_millis", NOW.plus(Duration.ofHours(2)), all);
        assertThat(run.stops.stream().filter(step -> step instanceof Step.Pause))
                .isEmpty();
        Map<Long, Response> known = known();
        assertThat(tool.items.values().stream()
                        .filter(item -> !known.containsKey(item.id())
                                || !known.get(item.id()).comment().equals("v" + item.version())))
                .as("rows that are missing or old")
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anEmptyAnswerForAnHourChangesNothing(Way way) throws IOException {
        fill(60);
        go(run, way, "iso", NOW, List.of());
        tool.empty = true;
        for (int minute = 5; minute <= 60; minute += 5) {
            long id = 1000 + minute;
            Instant at = NOW.plus(Duration.ofMinutes(minute)).minusSeconds(30);
            tool.put(id, at, at, 0);
            go(run, way, "iso", NOW.plus(Duration.ofMinutes(minute)), List.of());
        }
        assertThat(known()).hasSize(60);
        tool.empty = false;
        List<Tier> tiers = List.of(new Tier(2, Duration.ofHours(1)), new Tier(null, Duration.ofDays(7)));
        go(run, way, "iso", NOW.plus(Duration.ofDays(7)), tiers);
        assertThat(known().keySet()).containsExactlyInAnyOrderElementsOf(tool.items.keySet());
    }

    /** Rows over half a year, up to five in one instant, some of them edited. */
    private void fill(int rows) {
        long step = Duration.between(FROM, NOW).toMillis() / (rows + 1);
        for (int i = 0; i < rows; i++) {
            Instant at = FROM.plusMillis(step * (i - i % (i / 50 % 2 == 0 ? 5 : 1)) + 1);
            Instant updated = at.plusMillis(random.nextInt(5) == 0 ? random.nextInt(100_000) : 0);
            ids.add(i + 1L);
            tool.put(i + 1, at, updated.isAfter(NOW) ? at : updated, 0);
        }
    }

    private void change(Set<Long> stayed, Instant now) {
        switch (random.nextInt(3)) {
            case 0 -> {
                long id = 1_000_000 + random.nextInt(1_000_000);
                Instant at = FROM.plusSeconds(
                        random.nextInt((int) Duration.between(FROM, now).toSeconds()));
                boolean known = tool.items.containsKey(id);
                tool.put(id, at, now.plusSeconds(random.nextInt(600)), 0);
                if (!known) ids.add(id);
            }
            case 1 -> {
                int at = random.nextInt(ids.size());
                long id = ids.get(at);
                ids.set(at, ids.get(ids.size() - 1));
                ids.remove(ids.size() - 1);
                tool.remove(id);
                stayed.remove(id);
            }
            default -> {
                ChangingServer.Item item = tool.items.get(ids.get(random.nextInt(ids.size())));
                Instant last = item.updated().isAfter(now) ? item.updated() : now;
                tool.put(item.id(), item.created(), last.plusSeconds(1 + random.nextInt(60)), item.version() + 1);
                // By time of update it has left the window that is read; the next run finds it.
                stayed.remove(item.id());
            }
        }
    }

    private void go(Run into, Way way, String as, Instant now, List<Tier> tiers) throws IOException {
        Path file = home.resolve("mappings/tools/acme.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, way.yaml(as, size));
        Loaded<Tool> loaded = Tools.load(new Configuration(home, variable -> null), "acme");
        assertThat(loaded.mistakes()).isEmpty();
        Connection connection = TestConnections.connection(loaded.value(), tool.base(), Map.of(), size, 6, tiers);
        into.go(connection, new HttpCaller(tool.base()), Clock.fixed(now, ZoneOffset.UTC), ZoneOffset.UTC);
    }

    /** What the ledger would know: copies merged. */
    private Map<Long, Response> known() {
        Map<Long, Response> known = new HashMap<>();
        run.responses.forEach(copy -> known.merge(id(copy), copy, Response::merge));
        return known;
    }

    private static long id(Response response) {
        return Long.parseLong(response.key().id());
    }
}
