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

    /** One without what is known of the person and the survey. */
    record Bare(int id, int endUserId, Instant at, String status) {
        boolean bounced() {
            return status.equals("bounced");
        }
    }

    /** What was sent along with a sound answer: its own, and two that were not answered if it is one that the company began with. */
    static List<Bare> along(Company company, int index) {
        Response answer = company.response(index);
        if (answer.endUserId() == null || answer.flaw() != null) {
            return List.of();
        }
        // What is answered now was sent just before, so that who reads on finds both.
        boolean lately = company.came(index);
        long before = lately ? 60 : 600 + Dice.pick(answer.id(), 101, index, 60 * 3_600);
        Instant at = answer.created().minusSeconds(before);
        List<Bare> sent = new ArrayList<>();
        sent.add(new Bare(answer.id(), answer.endUserId(), at, "delivered"));
        for (int k = 1; k <= UNANSWERED && !lately; k++) {
            int person = Company.endUserId(Dice.pick(answer.id(), 101 + k, index, company.endUserCount()));
            double u = Dice.unit(answer.id(), 110 + k, index);
            String status = u < 0.08 ? "bounced" : u < 0.11 ? "declined" : "delivered";
            sent.add(new Bare(answer.id() + k, person, at.minusSeconds(k), status));
        }
        return sent;
    }

    /**
     * All that were sent for some surveys, the earliest first.
     *
     * @param surveys whose sends are told of, with the id that the tool tells, or an empty text
     */
    static List<Sent> of(Company company, Map<Integer, String> surveys) {
        List<Sent> sent = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            Response answer = company.response(i);
            String survey = surveys.get(answer.surveyId());
            if (survey != null) {
                String channel = answer.surveyId() == Answers.NPS_MAIL ? "email" : "web";
                along(company, i).forEach(bare -> sent.add(sent(company, bare, survey, channel)));
            }
        }
        sent.sort(Comparator.comparing(Sent::sentAt).thenComparing(Sent::id));
        return sent;
    }

    private static Sent sent(Company company, Bare bare, String survey, String channel) {
        EndUser user = company.endUser(Company.endUserIndex(bare.endUserId()));
        return new Sent(
                Integer.toString(bare.id()),
                bare.endUserId(),
                user.deleted() ? null : user.email(),
                survey.isEmpty() ? null : survey,
                channel,
                bare.at(),
                bare.status());
    }
}
