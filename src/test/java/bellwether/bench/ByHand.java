package bellwether.bench;

import bellwether.nps.Email;
import bellwether.nps.Metric;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * About the least that a row of Gainsight can cost: code for just these five fields, from Jackson's tokens straight to a response, without a
 * tree, a tool's file, paging, or a thought of values that are not as expected. What the field map can be measured by.
 */
final class ByHand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MessageDigest SHA256 = sha256();

    private ByHand() {}

    static long gainsight(byte[] body) throws IOException {
        List<Response> responses = new ArrayList<>(1000);
        Map<String, Respondent> people = new LinkedHashMap<>(2000);
        Set<String> known = new HashSet<>(2000);
        try (JsonParser parser = JSON.createParser(body)) {
            while (parser.nextToken() != JsonToken.START_ARRAY || !"records".equals(parser.currentName())) {}
            while (parser.nextToken() == JsonToken.START_OBJECT) row(parser, known, responses, people);
        }
        return responses.size() + people.size();
    }

    private static void row(
            JsonParser parser, Set<String> known, List<Response> responses, Map<String, Respondent> people)
            throws IOException {
        String id = null;
        String email = null;
        String comment = null;
        String day = null;
        int score = -1;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            switch (name) {
                case "Gsid" -> id = parser.nextTextValue();
                case "Email" -> email = parser.nextTextValue();
                case "Comment" -> comment = parser.nextTextValue();
                case "Response_Date" -> day = parser.nextTextValue();
                case "NPS_Score" -> score = parser.nextIntValue(-1);
                default -> {
                    parser.nextToken();
                    parser.skipChildren();
                }
            }
        }
        if (score < 0 || score > 10 || !known.add(id)) return;
        byte[] digest = SHA256.digest(Email.normalised(email).getBytes(StandardCharsets.UTF_8));
        String person = "mail:" + HexFormat.of().formatHex(digest, 0, 16);
        LocalDate date = LocalDate.of(
                Integer.parseInt(day, 0, 4, 10), Integer.parseInt(day, 5, 7, 10), Integer.parseInt(day, 8, 10, 10));
        responses.add(Response.of("gainsight", null, id)
                .metric(Metric.NPS)
                .respondent(person)
                .score(score)
                .comment(comment)
                .answeredOn(date, ZoneOffset.UTC)
                .build());
        people.put(person, new Respondent("gainsight", person, email, null, null, null, null, null, null));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
