package bellwether.store;

import bellwether.nps.Metric;
import bellwether.nps.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Lets things happen to a ledger in a random order that a seed repeats: everything that changes what is believed. */
final class Life {
    static final int KINDS = 10;

    private static final List<String> PEOPLE = List.of("ada", "bo", "cy", "di", "ed", "fay");
    private static final List<String> ACCOUNTS = List.of("A1", "A2", "A3");

    private final HistoryContract house;
    private final Random dice;
    private final Map<String, Response> answers = new LinkedHashMap<>();
    private final Set<Integer> kinds = new TreeSet<>();

    Life(HistoryContract house, Random dice) {
        this.house = house;
        this.dice = dice;
        PEOPLE.subList(0, 4).forEach(person -> house.contact(id(person), any(ACCOUNTS)));
    }

    Set<Integer> kinds() {
        return kinds;
    }

    void step() {
        int roll = dice.nextInt(KINDS + 6);
        int kind = answers.size() < 12 || roll >= KINDS ? 0 : roll;
        kinds.add(kind);
        switch (kind) {
            case 0 -> answer();
            case 1 -> edit();
            case 2 -> missing();
            case 3 -> move();
            case 4 -> house.gone(id(any(PEOPLE)), null);
            case 5 -> house.gone(id(any(PEOPLE)), id(any(PEOPLE.subList(0, 2))));
            case 6 -> role();
            case 7 -> declared();
            case 8 -> show(any(List.copyOf(answers.values())));
            default -> twins();
        }
    }

    private void answer() {
        String id = Integer.toString(answers.size() + 1);
        Duration ago = Duration.ofMinutes(7 + dice.nextInt(60 * 24 * 60));
        show(LedgerFixture.answer(id, any(PEOPLE), dice.nextInt(11), house.clock.now.minus(ago))
                .survey(dice.nextInt(5) == 0 ? "88" : "31")
                .comment(dice.nextBoolean() ? "said " + id : null)
                .build());
    }

    /** Another score, a comment that comes later, another person, or out of the calculations. */
    private void edit() {
        Response old = any(List.copyOf(answers.values()));
        var edited = Response.of("wootric", null, old.key().id())
                .answeredAt(old.answeredAt())
                .updatedAt(house.clock.now);
        switch (dice.nextInt(4)) {
            case 0 -> edited.score(dice.nextInt(11));
            case 1 -> edited.comment("later " + dice.nextInt(1000));
            case 2 -> edited.respondent(any(PEOPLE));
            default -> edited.excluded(!old.excluded());
        }
        show(edited.build());
    }

    private void show(Response response) {
        answers.merge(response.key().id(), response, Response::merge);
        house.accept(response);
    }

    /** Two complete reads do not find one of the answers. */
    private void missing() {
        List<Response> left = new ArrayList<>(answers.values());
        left.remove(dice.nextInt(left.size()));
        for (int i = 0; i < 2; i++) {
            house.clock.advance(Duration.ofMinutes(1));
            house.read(house.clock.now.minus(Duration.ofDays(300)), house.clock.now, left.toArray(Response[]::new));
        }
    }

    private void move() {
        house.contact(id(any(PEOPLE)), dice.nextInt(5) == 0 ? null : any(ACCOUNTS));
    }

    private void role() {
        String person = any(PEOPLE);
        house.contact(id(person), any(ACCOUNTS), dice.nextBoolean() ? "Sponsor" : "Key Contact", person + "@acme.test");
    }

    private void declared() {
        house.ledger.declare(
                "wootric",
                new Surveys(
                        dice.nextBoolean()
                                ? Map.of("31", Metric.NPS, "88", dice.nextBoolean() ? Metric.NPS : Metric.CES)
                                : Map.of("31", Metric.NPS),
                        null));
    }

    /** Two contacts with one address, in one account or in two. */
    private void twins() {
        String person = any(PEOPLE);
        house.contact("Twin" + dice.nextInt(2), any(ACCOUNTS), "End User", person + "@acme.test");
    }

    private <T> T any(List<T> list) {
        return list.get(dice.nextInt(list.size()));
    }

    private static String id(String person) {
        return Character.toUpperCase(person.charAt(0)) + person.substring(1);
    }
}
