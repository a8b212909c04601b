package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The signatures were made elsewhere, as {@code openssl dgst -hmac} makes them over the very bytes. */
class VerifyTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_777_936_811);
    private static final String BODY = "{\"score\": 9,  \"text\":\"Sch\u00f6n\"}";
    private static final Function<String, String> SETTING = Map.of(
            "webhook_secret",
            "s3cret",
            "client_id",
            "abc",
            "client_secret",
            "xyz",
            "webhook_path",
            "long-word",
            "standard",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")::get;

    private static Notice notice(Map<String, String> headers) {
        return new Notice("", headers, BODY.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean accepted(Verify verify, String header, String value) {
        return verify.accepts(notice(Map.of(header, value)), SETTING, NOW);
    }

    private static void onlyThis(Verify verify, String header, String right) {
        assertThat(accepted(verify, header, right)).isTrue();
        assertThat(accepted(verify, header, right.substring(0, right.length() - 5)))
                .isFalse();
        String first = right.substring(0, right.length() - 5);
        String other = right.charAt(right.length() - 5) == 'a' ? "b" : "a";
        assertThat(accepted(verify, header, first + other + right.substring(right.length() - 4)))
                .isFalse();
        assertThat(accepted(verify, header, "")).isFalse();
        assertThat(accepted(verify, "other", right)).isFalse();
        Notice changed =
                new Notice("", Map.of(header, right), BODY.replace("  ", " ").getBytes(StandardCharsets.UTF_8));
        assertThat(verify.accepts(changed, SETTING, NOW)).as("one blank less").isFalse();
        assertThat(verify.accepts(notice(Map.of(header, right)), name -> "other", NOW))
                .isFalse();
    }

    @Test
    void sha256InHexWithAPrefix() {
        onlyThis(
                new Verify.Hmac("sha256", "X-Signature", "sha256=", "hex", "{webhook_secret}", null, null),
                "x-signature",
                "sha256=19450e589827db75f8d9d378d7892a0413750219806ab5e0797e6d534274bc7b");
    }

    @Test
    void sha256InBase64() {
        onlyThis(
                new Verify.Hmac("sha256", "Typeform-Signature", "sha256=", "base64", "{webhook_secret}", null, null),
                "typeform-signature",
                "sha256=GUUOWJgn23X42dN414kqBBN1AhmAarXgeX5tU0J0vHs=");
    }

    @Test
    void sha1InHex() {
        onlyThis(
                new Verify.Hmac("sha1", "X-Wootric-Signature", "sha1=", "hex", "{webhook_secret}", null, null),
                "x-wootric-signature",
                "sha1=e289fe6b97eb62132719edf41a1132f4003040f1");
    }

    @Test
    void sha1InBase64WithAKeyOfTwoSettings() {
        onlyThis(
                new Verify.Hmac("sha1", "Sm-Signature", null, "base64", "{client_id}&{client_secret}", null, null),
                "sm-signature",
                "UhLdrAFhZ+KIFx1bUm9lwq9tY04=");
    }

    @Test
    void aSignedTimeMustBeNear() {
        Verify verify =
                new Verify.Hmac("sha256", "X-Sig", null, "hex", "{webhook_secret}", "X-Time", "v0:{timestamp}:{body}");
        Map<String, String> headers = Map.of(
                "x-sig", "007e777a0b8ed589fa0f4812d55b89b5780fba2aba5110ef8b2eb013486d3725", "x-time", "1777936811");

        assertThat(verify.accepts(notice(headers), SETTING, NOW)).isTrue();
        assertThat(verify.accepts(notice(headers), SETTING, NOW.plusSeconds(300)))
                .isTrue();
        assertThat(verify.accepts(notice(headers), SETTING, NOW.plusSeconds(301)))
                .isFalse();
        assertThat(verify.accepts(notice(headers), SETTING, NOW.minusSeconds(301)))
                .isFalse();
        Map<String, String> shifted = new HashMap<>(headers);
        shifted.put("x-time", "1777936812");
        assertThat(verify.accepts(notice(shifted), SETTING, NOW)).isFalse();
        shifted.put("x-time", "soon");
        assertThat(verify.accepts(notice(shifted), SETTING, NOW)).isFalse();
    }

    @Test
    void standardWebhooksSignIdTimeAndBody() {
        Verify verify = new Verify.Standard("{standard}");
        Map<String, String> headers = new HashMap<>(Map.of(
                "webhook-id",
                "msg_1",
                "webhook-timestamp",
                "1777936811",
                "webhook-signature",
                "v1,AAAA v1,ngnHfKNr070YB3Clgyc5+PFu7rE3c9RCm8pkNe74sqw="));

        assertThat(verify.accepts(notice(headers), SETTING, NOW)).isTrue();
        assertThat(verify.accepts(notice(headers), SETTING, NOW.plusSeconds(301)))
                .isFalse();
        headers.put("webhook-id", "msg_2");
        assertThat(verify.accepts(notice(headers), SETTING, NOW)).isFalse();
        headers.remove("webhook-id");
        assertThat(verify.accepts(notice(headers), SETTING, NOW)).isFalse();
    }

    @Test
    void aFixedHeaderAndASecretPath() {
        Verify token = new Verify.Token("Token", "{webhook_secret}");
        assertThat(accepted(token, "token", "s3cret")).isTrue();
        assertThat(accepted(token, "token", "s3cre")).isFalse();
        assertThat(token.accepts(notice(Map.of()), SETTING, NOW)).isFalse();

        Verify path = new Verify.Path();
        assertThat(path.accepts(new Notice("long-word", Map.of(), new byte[0]), SETTING, NOW))
                .isTrue();
        assertThat(path.accepts(new Notice("", Map.of(), new byte[0]), SETTING, NOW))
                .isFalse();
    }

    @Test
    void aFormWithBracketsIsTheObjectItStandsFor() {
        String form =
                "event_name=created&response%5Bscore%5D=9&response[end_user_properties][plan]=a+b&tags[]=x&tags[]=y&=z&q";
        Notice notice = new Notice(
                "",
                Map.of("content-type", "application/x-www-form-urlencoded; charset=utf-8"),
                form.getBytes(StandardCharsets.UTF_8));

        assertThat(NoticeBody.read(notice, java.util.List.of("json", "form")))
                .hasToString(
                        "{\"event_name\":\"created\",\"response\":{\"score\":\"9\",\"end_user_properties\":{\"plan\":\"a b\"}},"
                                + "\"tags\":[\"x\",\"y\"]}");
        assertThat(NoticeBody.read(notice, java.util.List.of("json"))).isNull();
        assertThat(NoticeBody.read(
                        new Notice("", Map.of(), "{\"a\"".getBytes(StandardCharsets.UTF_8)), java.util.List.of("json")))
                .isNull();
    }
}
