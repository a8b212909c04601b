package bellwether.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.House;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** More notices than are taken in a second, over real HTTP: what the daemon answers is what the store holds. */
class WebhookRateTest {
    private static final int PER_SECOND = 20;
    private static final String NOBODY = "http://127.0.0.1:1";

    private final HttpClient http = HttpClient.newHttpClient();

    private record Answered(int id, HttpResponse<Void> response, Duration took) {}

    @Test
    void tooManyAreRefusedWithoutEffectAndTheOtherConnectionIsNotSlowed(@TempDir Path folder) throws Exception {
        House house = new House(folder, NOBODY, NOBODY).with("WOOTRIC_WEBHOOK_SECRET", "s3cret");
        replace(folder.resolve("config/application.properties"), "per-second = 100", "per-second = " + PER_SECOND);
        replace(folder.resolve("config/connections.yaml"), "\ncrms:\n", """

                  other:
                    tool: wootric
                    client_id: x
                    client_secret: x
                    webhook_secret: s3cret
                    base_url: %s/v1
                    nps_surveys: all
                    schedule: "0 0 0 1 1 ? 2099"

                crms:
                """.formatted(NOBODY));
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            String hooks = "http://127.0.0.1:" + daemon.port() + "/hooks/";

            // the first of all takes a second or more, whoever sends it
            assertThat(sent(hooks + "other", 8_999).join().response().statusCode())
                    .isEqualTo(200);
            long began = System.nanoTime();
            List<CompletableFuture<Answered>> flood = new ArrayList<>();
            List<Answered> beside = new ArrayList<>();
            for (int id = 0; id < 500; id++) {
                flood.add(sent(hooks + "wootric", id));
                if (id % 50 == 0) {
                    beside.add(sent(hooks + "other", 9_000 + id).join());
                }
            }
            Map<Integer, Answered> answered = new TreeMap<>();
            flood.forEach(one -> answered.put(one.join().id(), one.join()));
            double seconds = (System.nanoTime() - began) / 1e9;

            Set<Integer> taken = with(answered, 200);
            Set<Integer> refused = with(answered, 429);
            assertThat(taken.size() + refused.size()).isEqualTo(500);
            assertThat(taken).hasSizeBetween(PER_SECOND, (int) (PER_SECOND * (seconds + 1)));
            assertThat(refused).isNotEmpty().allSatisfy(id -> assertThat(
                            answered.get(id).response().headers().firstValue("Retry-After"))
                    .contains("5"));
            assertThat(stored(folder, "wootric")).isEqualTo(taken);
            assertThat(count(folder, "SELECT count(*) FROM notice WHERE connection = 'wootric'"))
                    .isEqualTo(taken.size());
            assertThat(count(folder, "SELECT count(*) FROM dead_letter")).isZero();

            assertThat(beside).allSatisfy(one -> {
                assertThat(one.response().statusCode()).isEqualTo(200);
                assertThat(one.took()).isLessThan(Duration.ofSeconds(5));
            });
            assertThat(stored(folder, "other")).hasSize(1 + beside.size());

            Thread.sleep(1100);
            for (int id : refused.stream().limit(5).toList()) {
                assertThat(sent(hooks + "wootric", id).join().response().statusCode())
                        .isEqualTo(200);
                taken.add(id);
            }
            assertThat(stored(folder, "wootric")).as("sent again").isEqualTo(taken);
        }
    }

    /** Whoever knows the address, and not the secret, cannot shut the tool out: neither by forged notices nor by looking. */
    @Test
    void whatIsNotGenuineTakesNoNoticesPlace(@TempDir Path folder) throws Exception {
        House house = new House(folder, NOBODY, NOBODY).with("WOOTRIC_WEBHOOK_SECRET", "s3cret");
        replace(folder.resolve("config/application.properties"), "per-second = 100", "per-second = " + PER_SECOND);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger refusals = (Logger) LoggerFactory.getLogger(Refusals.class);
        refusals.addAppender(said);
        try (Daemon daemon = house.daemon(Clock.systemUTC())) {
            daemon.start();
            String hook = "http://127.0.0.1:" + daemon.port() + "/hooks/wootric";
            assertThat(sent(hook, 1).join().response().statusCode()).isEqualTo(200);

            List<CompletableFuture<HttpResponse<Void>>> strangers = new ArrayList<>();
            List<Integer> genuine = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                strangers.add(stranger(hook, i % 2 == 0));
                if (i % 30 == 29) {
                    genuine.add(sent(hook, 100 + i).join().response().statusCode());
                }
            }

            assertThat(genuine).hasSize(10).containsOnly(200);
            assertThat(strangers.stream().map(one -> one.join().statusCode()))
                    .contains(401, 429)
                    .doesNotContain(500);
            assertThat(stored(folder, "wootric")).hasSize(11);
            assertThat(said.list).as("once a minute").hasSizeBetween(1, 2);
            assertThat(said.list.get(0).getFormattedMessage()).startsWith("wootric: a notice was refused:");
        } finally {
            refusals.detachAppender(said);
        }
    }

    private CompletableFuture<HttpResponse<Void>> stranger(String hook, boolean posts) {
        var request = HttpRequest.newBuilder(URI.create(hook));
        if (posts) {
            request.header("Content-Type", "application/json")
                    .header("X-Wootric-Signature", "sha1=" + "0".repeat(40))
                    .POST(HttpRequest.BodyPublishers.ofString("{}"));
        }
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.discarding());
    }

    private static Set<Integer> with(Map<Integer, Answered> answered, int status) {
        Set<Integer> ids = new TreeSet<>();
        answered.forEach((id, one) -> {
            if (one.response().statusCode() == status) {
                ids.add(id);
            }
        });
        return ids;
    }

    private CompletableFuture<Answered> sent(String hook, int id) throws Exception {
        String body = """
                {"event_name":"created","response":{"id":%d,"end_user_id":1,"survey_id":31,"score":9,
                "created_at":"2026-11-01T10:00:00.000Z","updated_at":"2026-11-01T10:00:00.000Z"}}""".formatted(id);
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        String hash = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        long began = System.nanoTime();
        return http.sendAsync(
                        HttpRequest.newBuilder(URI.create(hook))
                                .header("Content-Type", "application/json")
                                .header("X-Wootric-Signature", "sha1=" + hash)
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .thenApply(response -> new Answered(id, response, Duration.ofNanos(System.nanoTime() - began)));
    }

    /** What another program reads in the store while the daemon runs. */
    private static Set<Integer> stored(Path folder, String source) throws Exception {
        Set<Integer> ids = new TreeSet<>();
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/bellwether.db"));
                var rows = store.createStatement()
                        .executeQuery("SELECT r.remote_id FROM response r JOIN source s ON s.id = r.source"
                                + " WHERE s.name = '" + source + "'")) {
            while (rows.next()) {
                ids.add(Integer.valueOf(rows.getString(1)));
            }
        }
        return ids;
    }

    private static long count(Path folder, String query) throws Exception {
        try (var store = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/bellwether.db"));
                var rows = store.createStatement().executeQuery(query)) {
            return rows.getLong(1);
        }
    }

    private static void replace(Path file, String old, String text) throws Exception {
        String whole = Files.readString(file);
        assertThat(whole).contains(old);
        Files.writeString(file, whole.replace(old, text));
    }
}
