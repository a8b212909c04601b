package bellwether.source;

import bellwether.http.Caller;
import bellwether.nps.Respondent;
import bellwether.nps.Response;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a plan to its end and keeps in memory what the store would keep. */
final class Run implements KnownRespondents {
    final List<Response> responses = new ArrayList<>();
    final Map<String, Respondent> respondents = new LinkedHashMap<>();
    final List<SetAside> setAside = new ArrayList<>();
    final Map<String, Position> positions = new LinkedHashMap<>();
    final List<Step> stops = new ArrayList<>();
    int pages;
    int repeated;

    /** Reads everything planned; after a wait that is over at once it goes on, at any other it ends. */
    void go(Connection connection, Caller caller, Clock clock, ZoneId zone) {
        Plan plan = Plan.of(connection, List.copyOf(positions.values()), clock.instant(), zone);
        Puller puller = new Puller(connection, caller, this, clock);
        for (Position scan : plan.scans()) {
            if (!read(puller, scan, clock)) return;
        }
    }

    /** Reads one scan; false if it was stopped. */
    boolean read(Puller puller, Position scan, Clock clock) {
        Position position = scan;
        while (true) {
            Step step = puller.next(position);
            position = step.position();
            positions.put(position.scan(), position);
            if (step instanceof Step.Page page) accept(page);
            if (step instanceof Step.Done) return true;
            if (step instanceof Step.Page) continue;
            stops.add(step);
            if (step instanceof Step.Wait wait && !wait.until().isAfter(clock.instant())) continue;
            return false;
        }
    }

    private void accept(Step.Page page) {
        pages++;
        repeated += page.repeated();
        responses.addAll(page.responses());
        page.respondents().forEach(person -> respondents.put(person.id(), person));
        setAside.addAll(page.setAside());
    }

    @Override
    public Map<String, Respondent> known(String source, Collection<String> ids) {
        Map<String, Respondent> known = new HashMap<>();
        for (String id : ids) if (respondents.containsKey(id)) known.put(id, respondents.get(id));
        return known;
    }
}
