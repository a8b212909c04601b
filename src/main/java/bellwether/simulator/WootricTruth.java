package bellwether.simulator;

import bellwether.simulator.Company.EndUser;
import bellwether.simulator.Company.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What Wootric tells of a company, whose two kinds of NPS survey are known by their ids. */
final class WootricTruth {
    private static final Set<Integer> NPS = Set.of(Answers.NPS_WEB, Answers.NPS_MAIL);

    private WootricTruth() {}

    static List<Told> told(Company company) {
        List<Told> told = new ArrayList<>();
        for (int i = 0; i < company.responseCount(); i++) {
            if (!company.deleted(i)) {
                told.add(told(company, company.response(i)));
            }
        }
        return told;
    }

    private static Told told(Company company, Response response) {
        int index = response.endUserId() == null ? -1 : Company.endUserIndex(response.endUserId());
        EndUser person = index < 0 || index >= company.endUserCount() ? null : company.endUser(index);
        return new Told(
                Integer.toString(response.id()),
                Integer.toString(response.surveyId()),
                NPS.contains(response.surveyId()),
                response.score(),
                response.text(),
                response.created(),
                false,
                response.created(),
                response.updated(),
                response.excluded(),
                response.endUserId() == null ? null : Integer.toString(response.endUserId()),
                person == null || person.deleted() ? null : person.email(),
                response.flaw() == null || response.flaw() == Flaw.HUGE_COMMENT);
    }
}
