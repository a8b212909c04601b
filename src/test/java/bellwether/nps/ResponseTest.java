package bellwether.nps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.nps.Response.Field;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResponseTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(3600);

    @Test
    void anAbsentFieldKeepsWhatWeKnowAndNullClears() {
        Response known = response()
                .score(9)
                .comment("good")
                .tags(List.of("a"))
                .updatedAt(NOON)
                .build();
        Response copy =
                response().comment(null).channel("email").updatedAt(LATER).build();

        Response merged = Response.merge(known, copy);

        assertThat(merged.score()).isEqualTo(9);
        assertThat(merged.comment()).isNull();
        assertThat(merged.channel()).isEqualTo("email");
        assertThat(merged.tags()).containsExactly("a");
        assertThat(merged.updatedAt()).isEqualTo(LATER);
        assertThat(merged.present())
                .containsExactlyInAnyOrder(Field.SCORE, Field.COMMENT, Field.CHANNEL, Field.TAGS, Field.UPDATED_AT);
    }

    @Test
    void anOlderCopyNeverWins() {
        Response known = response().score(9).comment(null).updatedAt(LATER).build();
        Response older = response()
                .score(3)
                .comment("slow")
                .channel("sms")
                .updatedAt(NOON)
                .build();

        Response merged = Response.merge(known, older);

        assertThat(merged.score()).isEqualTo(9);
        assertThat(merged.comment()).isNull();
        assertThat(merged.updatedAt()).isEqualTo(LATER);
        assertThat(merged.channel()).as("nothing newer says anything about it").isEqualTo("sms");
        assertThat(Response.merge(older, known))
                .as("whatever the order of arrival")
                .isEqualTo(merged);
    }

    @Test
    void arrivalDecidesWhereTheToolGivesNoTime() {
        Response known = response().score(9).updatedAt(NOON).build();

        assertThat(Response.merge(known, response().score(8).updatedAt(NOON).build())
                        .score())
                .isEqualTo(8);
        assertThat(Response.merge(known, response().score(7).build()).score()).isEqualTo(7);
        assertThat(Response.merge(known, response().score(7).updatedAt(null).build())
                        .updatedAt())
                .isEqualTo(NOON);
        assertThat(Response.merge(response().score(7).build(), known)).isEqualTo(known);
        assertThat(Response.merge(null, known)).isEqualTo(known);
    }

    @Test
    void mergingTwiceChangesNothing() {
        Response known = response()
                .score(9)
                .comment("good")
                .createdAt(NOON)
                .updatedAt(NOON)
                .build();
        Response copy = response()
                .score(9)
                .comment("better")
                .answeredAt(NOON)
                .updatedAt(LATER)
                .build();
        Response merged = Response.merge(known, copy);

        assertThat(Response.merge(merged, copy)).isEqualTo(merged);
        assertThat(Response.merge(merged, known)).isEqualTo(merged);
        assertThat(Response.merge(merged, copy).contentHash()).isEqualTo(merged.contentHash());
    }

    @Test
    void onlyCopiesOfOneResponseAreMerged() {
        assertThatThrownBy(() -> Response.merge(
                        response().build(), Response.of("wootric", null, "2").build()))
                .hasMessageContaining("wootric:1")
                .hasMessageContaining("wootric:2");
    }

    @Test
    void theDateOfAnswerFallsBackToThatOfCreation() {
        Response fallback = response().createdAt(NOON).build();
        Response merged = Response.merge(fallback, response().answeredAt(LATER).build());

        assertThat(fallback).returns(NOON, Response::answeredAt).returns(true, Response::fallbackDate);
        assertThat(merged).returns(LATER, Response::answeredAt).returns(false, Response::fallbackDate);
        assertThat(merged.createdAt()).isEqualTo(NOON);
        assertThat(Response.merge(merged, response().createdAt(NOON).build()).answeredAt())
                .isEqualTo(LATER);
    }

    @Test
    void aDayOnlyDateIsLocalNoonUntilATimeComes() {
        Response day = response()
                .answeredOn(LocalDate.parse("2026-11-01"), ZoneId.of("America/New_York"))
                .build();
        Response time = Response.merge(day, response().answeredAt(LATER).build());

        assertThat(day)
                .returns(Instant.parse("2026-11-01T17:00:00Z"), Response::answeredAt)
                .returns(true, Response::dateOnly);
        assertThat(time).returns(LATER, Response::answeredAt).returns(false, Response::dateOnly);
    }

    @Test
    void theHashIsOfTheContentAlone() {
        String hash = full().build().contentHash();

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(full().build().contentHash()).isEqualTo(hash);
        assertThat(full().channel(null).build().contentHash())
                .as("absent or empty")
                .isEqualTo(hash);
        assertThat(full().tags(List.of("b", "a", "a")).build().contentHash())
                .as("order of tags")
                .isEqualTo(hash);
        assertThat(full().createdAt(NOON.plusNanos(5)).build().contentHash())
                .as("below a millisecond")
                .isEqualTo(hash);
        assertThat(full().excluded(false).build().contentHash())
                .as("a flag not raised")
                .isEqualTo(hash);
        assertThat(Response.of("other", "p", "9").build().contentHash())
                .as("the key is no content")
                .isEqualTo(response().build().contentHash());
    }

    @Test
    void everyFieldEntersTheHash() {
        Set<String> hashes = new HashSet<>();
        hashes.add(full().build().contentHash());
        for (Field field : Field.values()) {
            assertThat(hashes.add(full().set(field, other(field)).build().contentHash()))
                    .as("%s", field)
                    .isTrue();
        }
    }

    @Test
    void textsDoNotRunIntoEachOther() {
        assertThat(response().tags(List.of("a", "b")).build().contentHash())
                .isNotEqualTo(response().tags(List.of("ab")).build().contentHash());
        assertThat(response().properties(Map.of("a", "bc")).build().contentHash())
                .isNotEqualTo(response().properties(Map.of("ab", "c")).build().contentHash());
        assertThat(response().survey("x").build().contentHash())
                .isNotEqualTo(response().respondent("x").build().contentHash());
        assertThat(response().comment("😀 ёж").build().contentHash())
                .isNotEqualTo(response().comment("😁 ёж").build().contentHash());
    }

    /** Stored hashes must stay true: this one was computed outside, from the documented form. */
    @Test
    void theFormOfTheHashIsFixed() {
        assertThat(response().score(9).comment("ok").createdAt(NOON).build().contentHash())
                .isEqualTo("4451f6ca03168a04c014b8abe9aca18636e204a7f69601b07bf43c50eed9eb45");
    }

    @Test
    void emptyValuesAreNone() {
        Map<String, String> properties = new HashMap<>();
        properties.put("plan", null);
        Response response =
                response().comment(" ").tags(List.of()).properties(properties).build();

        assertThat(response.comment()).isNull();
        assertThat(response.tags()).isEmpty();
        assertThat(response.properties()).isEmpty();
        assertThat(response.present()).containsExactlyInAnyOrder(Field.COMMENT, Field.TAGS, Field.PROPERTIES);
        assertThat(response().build().present()).isEmpty();
        assertThatThrownBy(() -> response().set(Field.SCORE, "9")).hasMessage("SCORE takes a Integer, not a String.");
    }

    @Test
    void problemsOfTheDate() {
        assertThat(response().score(9).build().problem(NOON)).returns("DATE_MISSING", Fault.Record::code);
        assertThat(response().answeredAt(NOON.plusSeconds(301)).build().problem(NOON))
                .returns("DATE_IN_FUTURE", Fault.Record::code);
        assertThat(response().answeredAt(NOON.plusSeconds(300)).build().problem(NOON))
                .isNull();
        assertThat(response().createdAt(NOON).build().problem(NOON)).isNull();
    }

    @Test
    void keysAndTheirExternalIds() {
        assertThat(new ResponseKey("wootric", null, "123").externalId()).isEqualTo("wootric:123");
        assertThat(new ResponseKey("lime", "77", "1").externalId()).isEqualTo("lime:77:1");
        assertThat(new ResponseKey("lime", "7:7", "1").externalId())
                .isNotEqualTo(new ResponseKey("lime", "7", "7:1").externalId());
        String eighty = new ResponseKey("w", null, "x".repeat(78)).externalId();
        assertThat(eighty).hasSize(80).startsWith("w:");
        assertThat(new ResponseKey("w", null, "x".repeat(79)).externalId())
                .isEqualTo("6c68628debb947e923fccab64a099605c6a9042a45ae4973bb021e03983af850");
        for (String[] bad : new String[][] {{null, "1"}, {"", "1"}, {"a:b", "1"}, {"a", null}, {"a", " "}}) {
            assertThatThrownBy(() -> new ResponseKey(bad[0], null, bad[1]))
                    .as(Arrays.toString(bad))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nothingPersonalIsPrinted() {
        assertThat(response().comment("call me").respondent("77").build()).hasToString("Response[wootric:1]");
        assertThat(new Respondent("wootric", "7", "Ada@Example.com", "Ada", "1", null, null, null, null))
                .hasToString("Respondent[wootric:7]")
                .returns("ada@example.com", Respondent::emailKey);
    }

    private static ResponseBuilder response() {
        return Response.of("wootric", null, "1");
    }

    private static ResponseBuilder full() {
        return response().score(9).comment("good").createdAt(NOON).tags(List.of("a", "b"));
    }

    private static Object other(Field field) {
        return switch (field) {
            case METRIC -> Metric.CSAT;
            case SCORE -> 3;
            case ANSWERED_AT, CREATED_AT, UPDATED_AT -> LATER;
            case DATE_ONLY, EXCLUDED, COMPLETED -> true;
            case TAGS -> List.of("c");
            case PROPERTIES -> Map.of("plan", "pro");
            default -> "other";
        };
    }
}
