package bellwether.source;

import bellwether.mapping.Template;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.standardwebhooks.exceptions.WebhookSigningException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a notice proves that it comes from the tool: a closed list. Comparisons take the same time whatever differs. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verify.Hmac.class, name = "hmac"),
    @JsonSubTypes.Type(value = Verify.Standard.class, name = "standard_webhooks"),
    @JsonSubTypes.Type(value = Verify.Token.class, name = "token"),
    @JsonSubTypes.Type(value = Verify.Path.class, name = "path")
})
public sealed interface Verify {
    /** How far the clock of the other side may be off where it signs the time. */
    Duration TOLERANCE = Duration.ofSeconds(300);

    /** The settings it needs. */
    Set<String> settings();

    /**
     * Whether the notice is genuine.
     *
     * @param setting the value of a setting of the connection, never null for one of {@link #settings()}
     */
    boolean accepts(Notice notice, Function<String, String> setting, Instant now);

    /**
     * A keyed hash of the raw body (RFC 2104).
     *
     * @param algorithm {@code sha1} or {@code sha256}
     * @param header that holds it
     * @param prefix before it in the header, or null
     * @param encoding {@code hex} or {@code base64}
     * @param key template over the settings
     * @param timestamp header with the time in unix seconds that is signed too, or null
     * @param of what is signed, with {@code {body}} and {@code {timestamp}} in it; the body alone unless told
     */
    record Hmac(
            String algorithm, String header, String prefix, String encoding, String key, String timestamp, String of)
            implements Verify {
        @Override
        public Set<String> settings() {
            return Template.of(key).names();
        }

        @Override
        public boolean accepts(Notice notice, Function<String, String> setting, Instant now) {
            String said = notice.headers().get(header.toLowerCase(Locale.ROOT));
            String at = timestamp == null ? "" : notice.headers().get(timestamp.toLowerCase(Locale.ROOT));
            if (said == null || at == null || timestamp != null && !near(at, now)) return false;
            String start = prefix == null ? "" : prefix;
            byte[] given = said.startsWith(start)
                    ? decoded(said.substring(start.length()).strip())
                    : null;
            byte[] right = hash(Template.of(key).fill(setting), signed(notice.body(), at));
            return given != null && MessageDigest.isEqual(right, given);
        }

        private byte[] signed(byte[] body, String at) {
            if (of == null) return body;
            String[] around = of.replace("{timestamp}", at).split("\\{body}", -1);
            byte[] before = around[0].getBytes(StandardCharsets.UTF_8);
            byte[] after = around[1].getBytes(StandardCharsets.UTF_8);
            byte[] all = Arrays.copyOf(before, before.length + body.length + after.length);
            System.arraycopy(body, 0, all, before.length, body.length);
            System.arraycopy(after, 0, all, before.length + body.length, after.length);
            return all;
        }

        private byte[] hash(String secret, byte[] content) {
            String name = algorithm.equals("sha1") ? "HmacSHA1" : "HmacSHA256";
            try {
                Mac mac = Mac.getInstance(name);
                mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
                return mac.doFinal(content);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This Java has no " + name, e);
            }
        }

        private byte[] decoded(String text) {
            try {
                return encoding.equals("hex")
                        ? HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT))
                        : Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }

        private static boolean near(String seconds, Instant now) {
            return seconds.matches("[0-9]{1,12}")
                    && Duration.between(Instant.ofEpochSecond(Long.parseLong(seconds)), now)
                                    .abs()
                                    .compareTo(TOLERANCE)
                            <= 0;
        }
    }

    /**
     * Standard Webhooks 1.0: id, time and body are signed, several signatures may be given.
     *
     * @param secret template over the settings; {@code whsec_} and base64
     */
    record Standard(String secret) implements Verify {
        @Override
        public Set<String> settings() {
            return Template.of(secret).names();
        }

        @Override
        public boolean accepts(Notice notice, Function<String, String> setting, Instant now) {
            String id = notice.headers().get("webhook-id");
            String at = notice.headers().get("webhook-timestamp");
            String given = notice.headers().get("webhook-signature");
            if (id == null || at == null || given == null || !Hmac.near(at, now)) return false;
            try {
                // The library's own verify() asks the machine's clock, so only its signing is used.
                String right = new com.standardwebhooks.Webhook(
                                Template.of(secret).fill(setting))
                        .sign(id, Long.parseLong(at), new String(notice.body(), StandardCharsets.UTF_8));
                return Stream.of(given.split(" ")).anyMatch(one -> same(one, right));
            } catch (WebhookSigningException | IllegalArgumentException e) {
                return false;
            }
        }
    }

    /**
     * A header with a fixed value.
     *
     * @param value template over the settings
     */
    record Token(String header, String value) implements Verify {
        @Override
        public Set<String> settings() {
            return Template.of(value).names();
        }

        @Override
        public boolean accepts(Notice notice, Function<String, String> setting, Instant now) {
            return same(
                    notice.headers().get(header.toLowerCase(Locale.ROOT)),
                    Template.of(value).fill(setting));
        }
    }

    /** Nothing in the notice proves anything, so its address ends with a word that nobody else knows: setting {@code webhook_path}. */
    record Path() implements Verify {
        static final String SETTING = "webhook_path";

        @Override
        public Set<String> settings() {
            return Set.of(SETTING);
        }

        @Override
        public boolean accepts(Notice notice, Function<String, String> setting, Instant now) {
            return same(notice.suffix(), setting.apply(SETTING));
        }
    }

    private static boolean same(String given, String right) {
        return given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }
}
