package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** An explained NPS computed once more from the responses it lists, by arithmetic that shares nothing with the product. */
record ByHand(int promoters, int passives, int detractors) {
    static ByHand of(JsonNode told) {
        int[] bands = new int[3];
        told.get("counted").forEach(response -> {
            int score = response.get("score").asInt();
            bands[score > 8 ? 0 : score > 6 ? 1 : 2]++;
        });
        return new ByHand(bands[0], bands[1], bands[2]);
    }

    int n() {
        return promoters + passives + detractors;
    }

    /** Tenths of a point, half away from zero, by whole numbers only. */
    BigDecimal nps() {
        BigInteger tenths = BigInteger.valueOf(1000L * Math.abs(promoters - detractors));
        BigInteger n = BigInteger.valueOf(n());
        BigInteger rounded = tenths.add(tenths).add(n).divide(n.add(n));
        return new BigDecimal(promoters < detractors ? rounded.negate() : rounded, 1);
    }

    /** The adjusted 95 % interval: three quarters of a promoter and of a detractor more, and three answers more. */
    double[] interval() {
        double p = promoters + 0.75;
        double d = detractors + 0.75;
        double all = n() + 3.0;
        double mean = (p - d) / all;
        double half = 1.96 * Math.sqrt(((p + d) / all - mean * mean) / all);
        double plain = (promoters - detractors) / (double) n();
        return new double[] {
            100 * Math.max(-1, Math.min(mean - half, plain)), 100 * Math.min(1, Math.max(mean + half, plain))
        };
    }

    /** Everything an explanation says about its figure. */
    void check(JsonNode told) {
        assertThat(told.get("promoters").asInt()).isEqualTo(promoters);
        assertThat(told.get("passives").asInt()).isEqualTo(passives);
        assertThat(told.get("detractors").asInt()).isEqualTo(detractors);
        assertThat(told.get("responses").asInt()).isEqualTo(n());
        if (n() == 0) {
            assertThat(told.get("nps").isNull()).isTrue();
            assertThat(told.get("interval").isNull()).isTrue();
            assertThat(told.get("fraction").isNull()).isTrue();
        } else {
            assertThat(new BigDecimal(told.get("nps").asText())).isEqualByComparingTo(nps());
            assertThat(told.at("/fraction/numerator").asInt()).isEqualTo(promoters - detractors);
            assertThat(told.at("/fraction/denominator").asInt()).isEqualTo(n());
            assertThat(told.at("/interval/low").asDouble()).isCloseTo(interval()[0], within(0.0501));
            assertThat(told.at("/interval/high").asDouble()).isCloseTo(interval()[1], within(0.0501));
            checkSteps(told.get("rounding"), told.get("steps"));
        }
        checkResponses(told);
    }

    private void checkSteps(JsonNode rounding, JsonNode steps) {
        assertThat(rounding.get("exact").asDouble() * n()).isCloseTo(100.0 * (promoters - detractors), within(1e-6));
        assertThat(new BigDecimal(rounding.get("rounded").asText())).isEqualByComparingTo(nps());
        double p = promoters + 0.75;
        double d = detractors + 0.75;
        double all = promoters + passives + detractors + 3.0;
        double centre = 100 * (p - d) / all;
        double error = 100 * Math.sqrt(((p + d) / all - (p - d) * (p - d) / (all * all)) / all);
        assertThat(steps.get("centre").asDouble()).isCloseTo(centre, within(1e-9));
        assertThat(steps.get("standard_error").asDouble()).isCloseTo(error, within(1e-9));
        double half = steps.get("z").asDouble() * error;
        assertThat(steps.get("half_width").asDouble()).isCloseTo(half, within(1e-9));
        double[][] lines = {
            {centre - half, centre + half}, {Math.max(-100, centre - half), Math.min(100, centre + half)}, interval()
        };
        String[] names = {"unclipped", "clipped", "widened"};
        for (int i = 0; i < names.length; i++) {
            assertThat(steps.at("/" + names[i] + "/low").asDouble()).isCloseTo(lines[i][0], within(1e-9));
            assertThat(steps.at("/" + names[i] + "/high").asDouble()).isCloseTo(lines[i][1], within(1e-9));
        }
    }

    private static void checkResponses(JsonNode told) {
        Instant from = instant(told.at("/window/from"));
        Instant to = instant(told.at("/window/to"));
        if (from != null) {
            assertThat(OffsetDateTime.parse(told.at("/window/from_local").asText())
                            .toInstant())
                    .isEqualTo(from);
        }
        Set<String> persons = new HashSet<>();
        Map<String, JsonNode> counted = new HashMap<>();
        told.get("counted").forEach(response -> {
            counted.put(response.get("id").asText(), response);
            assertThat(inside(response, from, to)).isTrue();
            boolean first = persons.add(response.get("person").asText());
            assertThat(first || told.get("policy").asText().equals("all_responses"))
                    .isTrue();
        });
        told.get("excluded").forEach(response -> {
            assertThat(counted).doesNotContainKey(response.get("id").asText());
            assertThat(response.get("text").asText()).isNotBlank();
            String reason = response.get("reason").asText();
            if (!reason.equals("deleted_in_tool") && !reason.equals("after_as_of")) {
                assertThat(inside(response, from, to)).isEqualTo(!reason.equals("outside_window"));
            }
            if (reason.equals("superseded")) {
                JsonNode later = counted.get(response.get("because").asText());
                assertThat(later.get("person")).isEqualTo(response.get("person"));
                assertThat(instant(later.get("answered_at"))).isAfterOrEqualTo(instant(response.get("answered_at")));
            }
        });
    }

    /** What the CRM's account shows. */
    void checkHeld(Map<String, Object> held) {
        assertThat(number(held, "NPS_Promoters__c")).isEqualByComparingTo(BigDecimal.valueOf(promoters));
        assertThat(number(held, "NPS_Passives__c")).isEqualByComparingTo(BigDecimal.valueOf(passives));
        assertThat(number(held, "NPS_Detractors__c")).isEqualByComparingTo(BigDecimal.valueOf(detractors));
        assertThat(number(held, "NPS_Responses__c")).isEqualByComparingTo(BigDecimal.valueOf(n()));
        if (n() == 0) {
            assertThat(held.get("NPS__c")).isNull();
            assertThat(held.get("NPS_Interval_Low__c")).isNull();
        } else {
            assertThat(number(held, "NPS__c")).isEqualByComparingTo(nps());
            assertThat(number(held, "NPS_Interval_Low__c").doubleValue()).isCloseTo(interval()[0], within(0.0501));
            assertThat(number(held, "NPS_Interval_High__c").doubleValue()).isCloseTo(interval()[1], within(0.0501));
        }
    }

    private static BigDecimal number(Map<String, Object> held, String field) {
        return new BigDecimal(held.get(field).toString());
    }

    private static boolean inside(JsonNode response, Instant from, Instant to) {
        Instant at = instant(response.get("answered_at"));
        return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
    }

    private static Instant instant(JsonNode node) {
        return node.isNull() ? null : Instant.parse(node.asText());
    }
}
