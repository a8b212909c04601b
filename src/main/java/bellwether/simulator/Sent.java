package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A survey that was sent to somebody, or shown.
 *
 * @param id of an answered one the answer's own
 * @param endUserId of the person
 * @param email null where the tool knows none
 * @param survey as the tool tells it, or null
 * @param status delivered, bounced or declined
 */
public record Sent(
        String id, int endUserId, String email, String survey, String channel, Instant sentAt, String status) {
    private static final int UNANSWERED = 2;

    /**
     * All that were sent, the earliest first: one for each answer to some surveys, and two that were not answered.
     *
     * @param surveys whose sends are told of, with the id that the tool tells, or an empty text
     */
    static List<Sent> of(Company company, Map<Integer, String> surveys) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            Response answer = company.response(i);
            if (surveys.containsKey(answer.surveyId()) && answer.endUserId() != null && answer.flaw() == null) {
                String survey = surveys.get(answer.surveyId());
                String channel = answer.surveyId() == Answers.NPS_MAIL ? "email" : "web";
                // What is answered now was sent just before, so that who reads on finds both.
                boolean lately = answer.created().isAfter(company.anchor());
                long before = lately ? 60 : 600 + Dice.pick(answer.id(), 101, i, 60 * 3_600);
                Instant at = answer.created().minusSeconds(before);
                sent.add(sent(company, answer.id(), answer.endUserId(), survey, channel, at, "delivered"));
                for (int k = 1; k <= UNANSWERED; k++) {
                    int person = Company.endUserId(Dice.pick(answer.id(), 101 + k, i, company.endUserCount()));
                    double u = Dice.unit(answer.id(), 110 + k, i);
                    String status = u < 0.08 ? "bounced" : u < 0.11 ? "declined" : "delivered";
                    sent.add(sent(company, answer.id() + k, person, survey, channel, at.minusSeconds(k), status));
                }
            }
        }
        sent.sort(Comparator.comparing(Sent::sentAt).thenComparing(Sent::id));
        return sent;
    }

    private static Sent sent(
            Company company, int id, int person, String survey, String channel, Instant at, String status) {
        EndUser user = company.endUser(Company.endUserIndex(person));
        return new Sent(
                Integer.toString(id),
                person,
                user.deleted() ? null : user.email(),
                survey.isEmpty() ? null : survey,
                channel,
                at,
                status);
    }
}
