package bellwether.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldMapTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-05-04 16:20:11 -0700|2026-05-04T23:20:11Z",
                "2026-05-04 16:20:11 +0530|2026-05-04T10:50:11Z",
                "2026-05-04T16:20:11.123456-07:00|2026-05-04T23:20:11.123456Z",
                "2026-05-04T16:20:11Z|2026-05-04T16:20:11Z",
                "2026-05-04T16:20:11|2026-05-04T14:20:11Z",
                "2026-05-04 16:20:11|2026-05-04T14:20:11Z",
                "1777936811|2026-05-04T23:20:11Z",
                "04.05.2026 16:20|2026-05-04T14:20:00Z"
            })
    void readsAnInstantInTheFirstFormatThatFits(String text, String instant) {
        Row row = read("{\"at\":\"" + text + "\"}", Word.ANSWERED_AT, rule("at"));

        assertThat(row.fault()).isNull();
        assertThat(row.instant(Word.ANSWERED_AT)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"yesterday\"|DATE_UNREADABLE",
                "\"2026-02-30 16:20:11 -0700\"|DATE_UNREADABLE",
                "\"2026-05-04 24:20:11 -0700\"|DATE_UNREADABLE",
                "\"2026-05-04 16:20:11 -07:0\"|DATE_UNREADABLE",
                "true|DATE_UNREADABLE",
                "{}|DATE_UNREADABLE",
                "[1]|DATE_UNREADABLE",
                "1e300|DATE_UNREADABLE",
                "99999999999999999999|DATE_UNREADABLE",
                "-5|DATE_UNREADABLE",
                "\"1969-12-31T00:00:00Z\"|DATE_UNREADABLE",
                "\"2026-11-22T10:05:01Z\"|DATE_IN_FUTURE",
                "4102444800|DATE_IN_FUTURE"
            })
    void refusesWhatIsNoDateOrLiesAhead(String json, String code) {
        assertThat(read("{\"at\":" + json + "}", Word.ANSWERED_AT, rule("at"))
                        .fault()
                        .code())
                .isEqualTo(code);
    }

    @Test
    void fiveMinutesAheadAreAClockThatIsWrong() {
        assertThat(read("{\"at\":\"2026-11-22T10:05:00Z\"}", Word.ANSWERED_AT, rule("at"))
                        .fault())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "9.0", "\"9\"", "\" 9 \"", "\"9.0\"", "9e0"})
    void readsAScore(String json) {
        assertThat(read("{\"s\":" + json + "}", Word.SCORE, rule("s")).number(Word.SCORE))
                .isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \""})
    void noScoreIsNoFault(String json) {
        Row row = read("{\"s\":" + json + "}", Word.SCORE, rule("s"));

        assertThat(row.fault()).isNull();
        assertThat(row.has(Word.SCORE)).isTrue();
        assertThat(row.number(Word.SCORE)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "-1,SCORE_OUT_OF_RANGE",
        "11,SCORE_OUT_OF_RANGE",
        "6.5,SCORE_NOT_INTEGER",
        "true,SCORE_NOT_INTEGER",
        "\"nine\",SCORE_NOT_INTEGER",
        "[9],SCORE_NOT_INTEGER",
        "1e400,SCORE_NOT_INTEGER",
        "123456789012345678901234567890123,SCORE_NOT_INTEGER"
    })
    void refusesWhatIsNoScore(String json, String code) {
        assertThat(read("{\"s\":" + json + "}", Word.SCORE, rule("s")).fault().code())
                .isEqualTo(code);
    }

    @Test
    void absentNullAndValueAreThreeThings() {
        assertThat(read("{}", Word.COMMENT, rule("text")).has(Word.COMMENT)).isFalse();
        assertThat(read("{\"text\":null}", Word.COMMENT, rule("text")).has(Word.COMMENT))
                .isTrue();
        assertThat(read("{\"text\":null}", Word.COMMENT, rule("text")).text(Word.COMMENT))
                .isNull();
        assertThat(read("{\"text\":\"ok\"}", Word.COMMENT, rule("text")).text(Word.COMMENT))
                .isEqualTo("ok");
    }

    @Test
    void aCommentIsCutWhereACrmWouldRefuseItAndSaysSo() {
        String rocket = "🚀";
        Row row = read("{\"text\":\"x" + rocket.repeat(500_000) + "\"}", Word.COMMENT, rule("text"));

        String comment = row.text(Word.COMMENT);
        assertThat(row.fault()).isNull();
        assertThat(comment.length()).isBetween(32_760, 32_768);
        assertThat(comment).startsWith("x" + rocket).endsWith(rocket + "… [cut]");
    }

    @Test
    void whatNoDatabaseHoldsIsCleaned() {
        Row row = read("{\"text\":\"a\\u0000b\\ud800c 🚀\"}", Word.COMMENT, rule("text"));

        assertThat(row.text(Word.COMMENT)).isEqualTo("ab\ufffdc 🚀");
    }

    @Test
    void idsAreTextWhateverTheirType() {
        assertThat(read("{\"id\":90210}", Word.ID, rule("id")).text(Word.ID)).isEqualTo("90210");
        assertThat(read("{\"id\":90210.0}", Word.ID, rule("id")).text(Word.ID)).isEqualTo("90210");
        assertThat(read("{\"id\":12345678901234567890}", Word.ID, rule("id")).text(Word.ID))
                .isEqualTo("12345678901234567890");
        assertThat(read("{\"id\":\" a \"}", Word.ID, rule("id")).text(Word.ID)).isEqualTo("a");
        assertThat(read("{\"id\":{}}", Word.ID, rule("id")).fault().code()).isEqualTo("FIELD_UNREADABLE");
        assertThat(read("{\"id\":\"" + "x".repeat(5000) + "\"}", Word.ID, rule("id"))
                        .fault()
                        .code())
                .isEqualTo("FIELD_TOO_LONG");
    }

    @Test
    void tagsFlagsAndPropertiesAreRead() {
        assertThat(read("{\"t\":[\"a\",7,null]}", Word.TAGS, rule("t")).list(Word.TAGS))
                .containsExactly("a", "7");
        assertThat(read("{\"t\":\"a\"}", Word.TAGS, rule("t")).list(Word.TAGS)).containsExactly("a");
        assertThat(read("{\"t\":[[1]]}", Word.TAGS, rule("t")).fault().code()).isEqualTo("FIELD_UNREADABLE");
        assertThat(read("{\"e\":\"1\"}", Word.EXCLUDED, rule("e")).flag(Word.EXCLUDED))
                .isTrue();
        assertThat(read("{\"e\":\"maybe\"}", Word.EXCLUDED, rule("e")).fault().code())
                .isEqualTo("FIELD_UNREADABLE");
        assertThat(read(
                                "{\"u\":{\"p\":{\"plan\":\"team\",\"seats\":12,\"none\":null,\"deep\":{\"a\":1}}}}",
                                Word.PROPERTIES,
                                rule("u.p"))
                        .map(Word.PROPERTIES))
                .isEqualTo(Map.of("plan", "team", "seats", "12", "deep", "{\"a\":1}"));
        assertThat(read("{\"u\":[]}", Word.PROPERTIES, rule("u")).fault().code())
                .isEqualTo("FIELD_UNREADABLE");
    }

    @Test
    void placesAreTriedInOrderAndAConstantComesLast() {
        FieldRule rule = new FieldRule(List.of("a", "$.list[?(@.type=='nps')].text", "b"), null, "none", null);

        assertThat(read("{\"a\":\"A\",\"b\":\"B\"}", Word.CHANNEL, rule).text(Word.CHANNEL))
                .isEqualTo("A");
        assertThat(read(
                                "{\"a\":\"\",\"list\":[{\"type\":\"x\"},{\"type\":\"nps\",\"text\":\"T\"}]}",
                                Word.CHANNEL,
                                rule)
                        .text(Word.CHANNEL))
                .isEqualTo("T");
        assertThat(read("{\"a\":null,\"b\":\"B\"}", Word.CHANNEL, rule).text(Word.CHANNEL))
                .isEqualTo("B");
        assertThat(read("{}", Word.CHANNEL, rule).text(Word.CHANNEL)).isEqualTo("none");
    }

    @Test
    void aWrongPathPatternOrConstantIsToldAtOnce() {
        assertThatThrownBy(() -> map(Word.ID, rule("$.[?("))).hasMessageContaining("is not a JSONPath");
        assertThatThrownBy(() -> map(Word.SCORE, new FieldRule(List.of(), null, "eleven", null)))
                .hasMessageContaining("'eleven' does not fit");
        assertThatThrownBy(() -> map(Word.ANSWERED_AT, new FieldRule(List.of("a"), null, null, List.of("yyyy-bb"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFaultNamesThePlaceAndHoldsNothingThatAPersonWrote() {
        Row row = read("{\"s\":\"my mail is ada@acme.test\"}", Word.SCORE, rule("s"));

        assertThat(row.fault().message())
                .contains("It stands at 's', mapped to score.")
                .doesNotContain("ada");
    }

    private static FieldRule rule(String path) {
        return new FieldRule(List.of(path), null, null, null);
    }

    private static FieldMap map(Word word, FieldRule rule) {
        Times times = new Times(
                List.of("yyyy-MM-dd HH:mm:ss Z", "iso", "yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy HH:mm", "unix_seconds"),
                BERLIN);
        return FieldMap.of(Map.of(word, rule), times, BERLIN, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{list: answers, where: [{q: '{chosen}'}, {kind: [nps]}], path: n}|9",
                "{list: answers, where: [{q: '{unset}'}, {kind: [ces, nps]}], path: n}|9",
                "{list: answers, where: [{q: 99}, {kind: nps, q: 1}], path: n}|null",
                "{list: '$.pages[*].answers[*]', where: {q: 3}, path: n}|7",
                "{path: choice, lookup: {c10: 10, c4: 4}}|4",
                "{path: other, lookup: {c10: 10}, else: 0}|0",
                "{path: blank, none: [n/a]}|null",
                "{path: [blank, late], none: [n/a]}|8",
                "{path: '{prefix}_score'}|6",
                "{path: ['{unset}_score', late]}|8",
                "{path: 'data.{question}', question: {id: '{chosen}'}}|1",
                "{path: 'data.{question}', question: [{type: [stars]}, {title: RECOMMEND}]}|3",
                "{path: choice, lookup: questions, question: {type: nps}}|5",
                "{path: 'list.1'}|2",
                "{path: 'Q1. Score'}|10"
            })
    void findsTheScoreWhereverItStands(String rule, String score) throws JsonProcessingException {
        String record = "{'answers':[{'q':1,'kind':'text','n':2},{'q':2,'kind':'nps','n':9}],"
                + "'pages':[{'answers':[]},{'answers':[{'q':3,'n':7}]}],'choice':'c4','other':'x','blank':'n/a','late':8,"
                + "'my_score':6,'data':{'2':1,'5':3},'list':[1,2],'Q1. Score':'10','parent':{'questions':{"
                + "'2':{'type':'nps','title':'How likely?','choices':{'c4':'5'}},"
                + "'5':{'type':'scale','title':'Would you recommend us?','choices':{'c4':'1'}}}}}";
        FieldRule declared = JSON.convertValue(new org.yaml.snakeyaml.Yaml().load(rule), FieldRule.class);
        FieldMap map = FieldMap.of(
                Map.of(Word.SCORE, declared),
                new Times(List.of("iso"), BERLIN),
                BERLIN,
                Clock.fixed(NOW, ZoneOffset.UTC),
                Map.of("chosen", "2, 44", "prefix", "my")::get);

        Row row = map.map(JSON.readTree(record.replace('\'', '"')));

        assertThat(row.fault()).isNull();
        assertThat(row.number(Word.SCORE)).isEqualTo(score.equals("null") ? null : Integer.valueOf(score));
    }

    @Test
    void aDayAloneIsNoonAndSaysSo() throws JsonProcessingException {
        FieldMap map = FieldMap.of(
                Map.of(Word.ANSWERED_AT, rule("at")),
                new Times(List.of("yyyy-MM-dd"), BERLIN),
                BERLIN,
                Clock.fixed(NOW, ZoneOffset.UTC));

        assertThat(map.map(JSON.readTree("{\"at\":\"2026-05-04\"}")).instant(Word.ANSWERED_AT))
                .isEqualTo("2026-05-04T10:00:00Z");
        assertThat(map.map(JSON.readTree("{\"at\":\"2026-05-04\"}")).flag(Word.DATE_ONLY))
                .isTrue();
        // Today's noon lies ahead at eleven.
        assertThat(map.map(JSON.readTree("{\"at\":\"2026-11-22\"}")).instant(Word.ANSWERED_AT))
                .isEqualTo(NOW);
    }

    private static Row read(String json, Word word, FieldRule rule) {
        return map(word, rule).map(parsed(json));
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
