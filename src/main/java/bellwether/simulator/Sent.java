package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A survey that was sent to somebody by e-mail.
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
     * All that were sent, the earliest first: one for each answer to the survey by e-mail, and two that were not answered.
     *
     * @param survey as the tool tells the one by e-mail, or null
     */
    static List<Sent> of(Company company, String survey) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            Response answer = company.response(i);
            if (answer.surveyId() == Answers.NPS_MAIL && answer.endUserId() != null && answer.flaw() == null) {
                long seed = answer.id();
                // What is answered now was sent just before, so that who reads on finds both.
                boolean lately = answer.created().isAfter(company.anchor());
                long before = lately ? 60 : 600 + Dice.pick(seed, 101, i, 60 * 3_600);
                sent.add(sent(
                        company,
                        survey,
                        answer.id(),
                        answer.endUserId(),
                        answer.created().minusSeconds(before),
                        "delivered"));
                for (int k = 1; k <= UNANSWERED; k++) {
                    int person = Company.endUserId(Dice.pick(seed, 101 + k, i, company.endUserCount()));
                    double u = Dice.unit(seed, 110 + k, i);
                    String status = u < 0.08 ? "bounced" : u < 0.11 ? "declined" : "delivered";
                    sent.add(sent(
                            company,
                            survey,
                            answer.id() + k,
                            person,
                            answer.created().minusSeconds(before + k),
                            status));
                }
            }
        }
        sent.sort(Comparator.comparing(Sent::sentAt).thenComparing(Sent::id));
        return sent;
    }

    private static Sent sent(Company company, String survey, int id, int person, Instant at, String status) {
        EndUser user = company.endUser(Company.endUserIndex(person));
        return new Sent(
                Integer.toString(id), person, user.deleted() ? null : user.email(), survey, "email", at, status);
    }
}
