package bellwether.health;

import bellwether.mapping.SignalSettings.Milestone;
import bellwether.nps.Category;
import bellwether.store.Event;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The milestones an account has ever reached by its answers that count. */
final class AccountEvents {
    static List<Event> milestones(
            List<Judged> judged, Rules rules, long account, String remoteId, LocalDate dataSince) {
        List<Event> events = new ArrayList<>();
        rules.signals().milestones().forEach((name, milestone) -> {
            Answer by = milestone.of() == Milestone.Of.ACCOUNT ? reachedBy(judged, milestone) : null;
            if (by != null) {
                events.add(new Event(
                        name + ":account:" + remoteId,
                        name,
                        "milestone",
                        "account",
                        account,
                        by.id(),
                        name,
                        reached(milestone, dataSince),
                        by.answeredAt()));
            }
        });
        return events;
    }

    private static Answer reachedBy(List<Judged> judged, Milestone milestone) {
        Map<String, Category> people = new HashMap<>();
        int answers = 0;
        for (Judged one : judged) {
            if (one.counts()) {
                answers++;
                people.put(one.answer().person(), one.answer().category());
                long count = milestone.counts() == Milestone.Counts.RESPONSES
                        ? answers
                        : people.values().stream()
                                .filter(c -> c == Category.PROMOTER)
                                .count();
                if (count >= milestone.reach()) {
                    return one.answer();
                }
            }
        }
        return null;
    }

    /** Such as "first response since 2026-05-22" or "10 promoters". */
    static String reached(Milestone milestone, LocalDate dataSince) {
        boolean responses = milestone.counts() == Milestone.Counts.RESPONSES;
        String what = milestone.reach() == 1
                ? "first " + (responses ? "response" : "promoter")
                : milestone.reach() + (responses ? " responses" : " promoters");
        return what + Warning.since(dataSince);
    }

    private AccountEvents() {}
}
