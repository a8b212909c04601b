package bellwether.oracle;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What must be held of each account, contact and response, in words. */
final class Kept {
    final Map<String, String> state = new TreeMap<>();
    /** Things that nothing was ever said of: nothing need be held either. */
    final Set<String> silent = new HashSet<>();

    private final Look look;

    /** @param fall what is said of an account's fall, by its id; asked only where it falls */
    Kept(Look look, Function<String, Said> fall) {
        this.look = look;
        look.accounts.forEach((id, signs) -> {
            signs.naive().answers.forEach(answer -> response(answer, counts(signs, answer)));
            if (!look.world.accounts.get(id).deleted()) {
                account(id, signs, fall);
            }
        });
        look.contacts.forEach(this::contact);
        look.nobody.answers.forEach(answer -> response(answer, null));
        state.put("company", Whole.of(look.law, look.world));
    }

    private static boolean counts(Signs signs, Answer answer) {
        return signs.naive().counted.contains(answer);
    }

    private void account(String id, Signs signs, Function<String, Said> fall) {
        String name = "account " + id;
        if (signs.naive().answers.isEmpty() && (!look.world.read || !look.weighed(id))) {
            silent.add(name);
        }
        for (String window : look.law.windows()) {
            LocalDate[] days = Naive.days(window, signs.today(), look.law.fiscalMonth());
            for (boolean latest : List.of(true, false)) {
                Naive.Count count = signs.naive().count(days, signs.zone(), latest);
                state.put(
                        name + " " + window + (latest ? " latest_per_person" : " all_responses"),
                        count.promoters() + "/" + count.passives() + "/" + count.detractors() + " unscored "
                                + count.unscored() + " excluded " + count.excluded() + " since "
                                + signs.partialSince(window));
            }
        }
        Standing standing = look.standings.get(id);
        boolean falls = standing.on(Standing.FALLING, signs.today()).startsWith("true");
        Told told = new Told();
        told.account(standing, signs, falls ? fall.apply(id) : null);
        state.put(name, told.toString());
    }

    private void contact(String id, Signs signs) {
        List<Answer> counted = signs.naive().counted;
        Told told = new Told();
        if (signs.naive().answers.isEmpty()) {
            silent.add("contact " + id);
        }
        for (Answer answer : signs.naive().answers) {
            if (answer.account() == null) {
                response(answer, counts(signs, answer));
            }
        }
        if (!counted.isEmpty()) {
            told.contact(counted, signs.warning(counted));
        }
        state.put("contact " + id, told.toString());
    }

    /** @param counts null if nobody knows whose it is */
    private void response(Answer answer, Boolean counts) {
        String name = "response " + answer.key();
        if (counts == null) {
            silent.add(name);
        }
        state.put(
                name,
                answer.contact() + "|" + answer.account() + "|" + answer.score() + "|" + counts + "|" + answer.comment()
                        + "|" + answer.at() + "|" + answer.metric());
    }
}
