package bellwether.match;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Respondent to contact to account, by the first key of a declared order that finds somebody. Never guesses: a tie waits. */
public final class Matcher {
    private final List<Key> order;

    public Matcher(List<Key> order) {
        this.order = List.copyOf(order);
    }

    /** Matches all of them with one question per key. The result holds every respondent asked for, by our key. */
    public Map<Long, Match> match(Collection<Person> people, Candidates candidates) {
        if (!candidates.complete()) {
            return results(people, p -> Match.waiting(Match.DIRECTORY_NOT_READ));
        }
        var byEmail = candidates.byEmail(keys(people, Person::email));
        var byCrmId = candidates.byRemoteId(keys(people, Person::crmId));
        var earlier = candidates.byEarlierMatch(
                people.stream().map(Person::respondent).toList());
        return results(people, person -> {
            for (Key key : order) {
                List<Candidate> found =
                        switch (key) {
                            case CRM_ID -> one(byCrmId.get(person.crmId()));
                            case PERSON -> one(earlier.get(person.respondent()));
                            case EMAIL -> byEmail.getOrDefault(person.email(), List.of());
                        };
                if (!found.isEmpty()) {
                    return of(found);
                }
            }
            return Match.waiting(person.email() == null ? Match.NO_EMAIL : Match.UNKNOWN_EMAIL);
        });
    }

    private static Match of(List<Candidate> found) {
        if (found.size() == 1) {
            return new Match(
                    Match.Status.MATCHED, found.get(0).contact(), found.get(0).account(), null);
        }
        Long account = found.get(0).account();
        boolean shared = account != null && found.stream().allMatch(c -> account.equals(c.account()));
        return new Match(
                Match.Status.AMBIGUOUS,
                null,
                shared ? account : null,
                shared ? Match.ONE_EMAIL_TWO_CONTACTS : Match.ONE_EMAIL_TWO_ACCOUNTS);
    }

    private static Map<Long, Match> results(Collection<Person> people, Function<Person, Match> rule) {
        Map<Long, Match> results = new HashMap<>();
        for (Person person : people) {
            results.put(
                    person.respondent(),
                    person.ignored() ? new Match(Match.Status.IGNORED, null, null, "IGNORED") : rule.apply(person));
        }
        return results;
    }

    private static List<Candidate> one(Candidate candidate) {
        return candidate == null ? List.of() : List.of(candidate);
    }

    private static Collection<String> keys(Collection<Person> people, Function<Person, String> key) {
        return people.stream().map(key).filter(Objects::nonNull).collect(Collectors.toSet());
    }
}
