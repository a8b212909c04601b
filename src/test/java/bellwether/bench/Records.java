package bellwether.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** The records the yardstick posts, with the same fields as those of the line. */
final class Records {
    private Records() {}

    static ObjectNode response(
            String id, JsonNode contact, String survey, Integer score, String text, Instant at, boolean counts) {
        boolean nps = survey.equals("31") || survey.equals("32");
        return of("NPS_Response__c")
                .put("Contact__c", contact.get("Id").asText())
                .put("Account__c", contact.path("AccountId").asText(null))
                .put("Score__c", score)
                .put("Category__c", nps ? category(score) : null)
                .put("NPS_Factor__c", counts ? (Integer) (score >= 9 ? 1 : score >= 7 ? 0 : -1) : null)
                .put("Comment__c", text)
                .put("Answered_At__c", at.toString())
                .put("Survey__c", survey)
                .put("Source__c", "wootric")
                .put("Metric__c", nps ? "NPS" : survey.equals("77") ? "CSAT" : null)
                .put("Counted__c", counts)
                .put("Backfilled__c", true)
                .put("Response_Id__c", "wootric:" + id);
    }

    static ObjectNode contact(
            JsonNode contact, Integer score, Integer previous, String text, Instant at, int responses) {
        return of("Contact")
                .put("id", contact.get("Id").asText())
                .put("NPS_Score__c", score)
                .put("NPS_Category__c", category(score))
                .put("NPS_Date__c", at == null ? null : at.toString())
                .put("NPS_Comment__c", text)
                .put("NPS_Previous_Score__c", previous)
                .put("NPS_Change__c", previous == null ? null : (Integer) (score - previous))
                .put("NPS_Responses__c", score == null ? null : (Integer) responses)
                .put("NPS_Source__c", score == null ? null : "wootric")
                .put("NPS_Last_Synced__c", Instant.now().toString());
    }

    static ObjectNode account(String id, int[] tally) {
        int n = tally[0] + tally[1] + tally[2];
        double p = (tally[0] + 0.75) / (n + 3);
        double d = (tally[2] + 0.75) / (n + 3);
        double half = 196 * Math.sqrt((p + d - (p - d) * (p - d)) / (n + 3));
        Double nps = n == 0 ? null : Math.round(1000.0 * (tally[0] - tally[2]) / n) / 10.0;
        return of("Account")
                .put("id", id)
                .put("NPS_Promoters__c", tally[0])
                .put("NPS_Passives__c", tally[1])
                .put("NPS_Detractors__c", tally[2])
                .put("NPS_Responses__c", n)
                .put("NPS__c", nps)
                .put("NPS_Interval_Low__c", n == 0 ? null : (Double) Math.max(-100, 100 * (p - d) - half))
                .put("NPS_Interval_High__c", n == 0 ? null : (Double) Math.min(100, 100 * (p - d) + half))
                .put("NPS_Sample__c", n == 0 ? "No responses" : n < 5 ? "Indicative" : "Sufficient")
                .put("NPS_Health__c", n == 0 ? "Unknown" : nps < 0 ? "Poor" : nps >= 30 ? "Good" : "Average")
                .put("NPS_Health_Reason__c", "NPS " + nps + " from " + n + " answers")
                .put("NPS_Sources__c", n == 0 ? null : "wootric")
                .put("NPS_Window__c", "trailing 6 months")
                .put("NPS_Last_Synced__c", Instant.now().toString());
    }

    private static String category(Integer score) {
        return score == null ? null : score >= 9 ? "Promoter" : score >= 7 ? "Passive" : "Detractor";
    }

    private static ObjectNode of(String type) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.putObject("attributes").put("type", type);
        return record;
    }
}
