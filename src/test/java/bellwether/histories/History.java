package bellwether.histories;

import bellwether.oracle.Believed;
import bellwether.oracle.Expected;
import bellwether.oracle.Op;
import bellwether.oracle.Said;
import bellwether.store.Store;
import bellwether.store.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One life by a seed, compared every few steps. */
final class History {
    private final Random random;
    /** For what is asked, so that asking changes no life. */
    private final Random dice;

    private final Chance chance;
    private final List<Op> ops = new ArrayList<>();
    /** What has happened so far, as it was seen first: what is taken back later has been told. */
    private final Map<String, String> events = new TreeMap<>();

    /** What was said of every account when last looked at. */
    private Map<String, Said> said = Map.of();

    /** Where that differed from what must be said. */
    private final List<String> missaid = new ArrayList<>();

    private final Supplier<Store> opening;

    /** @param opening opens the same store, empty at first, again and again */
    History(long seed, Supplier<Store> opening) {
        this.random = new Random(seed);
        this.dice = new Random(~seed);
        this.chance = new Chance(random);
        this.opening = opening;
    }

    /** Lives on for so many steps; gives what differed first, with all that had happened, or null. */
    String differs(int steps) {
        try (Replay replay = new Replay(opening, chance.law)) {
            chance.start().forEach(op -> happens(replay, op));
            for (int step = 0; step < steps; step++) {
                Op op = chance.next();
                happens(replay, op);
                between(replay, op);
                if (step == steps - 1 || chance.odds(op instanceof Op.Clock ? 70 : 20)) {
                    String difference = compare(replay);
                    if (difference != null) {
                        return difference;
                    }
                }
            }
            long before = replay.wishes();
            replay.all();
            return replay.wishes() == before ? compare(replay) : told("computing all anew changed something:");
        }
    }

    /** Lives on for so many steps, and then lets a year pass without anything new; gives what changed on a day nobody had announced. */
    String changesUnannounced(int steps) {
        try (Replay replay = new Replay(opening, chance.law)) {
            chance.start().forEach(op -> happens(replay, op));
            for (int step = 0; step < steps; step++) {
                happens(replay, chance.next());
            }
            String first = null;
            for (Map.Entry<String, Subject> one : replay.subjects().entrySet()) {
                String difference =
                        new Year(replay.rules(), chance.law, ops, one.getKey(), one.getValue()).unannounced(chance.now);
                first = first == null && difference != null ? told(difference) : first;
            }
            return first;
        }
    }

    private void happens(Replay replay, Op op) {
        if (op instanceof Op.Delivery delivery && chance.odds(5)) {
            trouble("a run that is too late tells the following");
            replay.tooLate(delivery);
        }
        ops.add(op);
        if (chance.odds(8)) {
            trouble("a crash in this, and once more");
            replay.crash(random.nextInt(4), () -> replay.take(op));
        } else {
            replay.take(op);
        }
    }

    private void between(Replay replay, Op last) {
        switch (random.nextInt(16)) {
            case 0 -> {
                trouble("restart");
                replay.restart();
            }
            case 1 -> {
                trouble("a crash while refreshing");
                replay.crash(random.nextInt(4), replay::settle);
                seen(replay, null);
            }
            case 2 -> {
                trouble("refreshed");
                replay.settle();
                seen(replay, null);
            }
            case 3 -> {
                trouble("refreshed while a source is held");
                String source = Replay.SOURCES.get(random.nextInt(2));
                String before = replay.figures(source);
                replay.hold(Set.of(source));
                replay.settle();
                seen(replay, source);
                replay.hold(Set.of());
                if (!before.equals(replay.figures(source))) {
                    throw new AssertionError("Accounts of " + source + " were refreshed while it was held");
                }
            }
            case 4 -> {
                trouble("the same page again");
                replay.take(last);
            }
            default -> {}
        }
    }

    /** After everything was refreshed but what is held. */
    private Expected seen(Replay replay, String held) {
        Expected expected = new Expected(chance.law, ops, held, said);
        Map<String, String> found = replay.said();
        Map<String, Said> now = expected.said();
        // whether an account was ever looked at is for the store to say
        now.keySet().retainAll(found.keySet());
        expected.changed(now);
        expected.events.forEach((key, what) -> {
            List<String> others = expected.alike.getOrDefault(key, List.of());
            if (others.stream().allMatch(other -> other.equals(key) || !events.containsKey(other))) {
                events.putIfAbsent(key, what);
            }
        });
        found.forEach((key, is) -> {
            if (!is.equals(String.valueOf(now.get(key)))) {
                missaid.add(key + " at " + chance.now + "\n    expected " + now.get(key) + "\n    found    " + is);
            }
        });
        said = now;
        return expected;
    }

    private void trouble(String what) {
        ops.add(new Op.Trouble(what));
    }

    private String compare(Replay replay) {
        replay.settle();
        Expected naive = seen(replay, null);
        Map<String, String> found = replay.state();
        List<String> differences = new ArrayList<>();
        if (replay.backlog() != 0 && !naive.waits()) {
            differences.add("stale: " + replay.backlog());
        }
        Set<String> keys = new TreeSet<>(naive.state.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            String expected = naive.state.get(key);
            boolean silent = naive.silent.stream().anyMatch(name -> (key + " ").startsWith(name + " "));
            if (found.get(key) == null ? !silent : !found.get(key).equals(expected)) {
                differences.add(key + "\n    expected " + only(expected, found.get(key)) + "\n    found    "
                        + only(found.get(key), expected));
            }
        }
        Map<String, String> happened = replay.events();
        Set<String> both = new TreeSet<>(events.keySet());
        both.addAll(happened.keySet());
        both.stream()
                .filter(key -> !Objects.equals(events.get(key), happened.get(key)))
                .forEach(key -> differences.add(
                        key + "\n    expected " + events.get(key) + "\n    found    " + happened.get(key)));
        Set<String> acts = replay.acts();
        happened.forEach((key, what) -> {
            if (acts.remove(key) == what.endsWith(", too old")) {
                differences.add(key + ", " + what + ", is " + (acts.contains(key) ? "" : "not ") + "acted upon");
            }
        });
        acts.forEach(key -> differences.add(key + " is acted upon and never happened"));
        differences.addAll(missaid);
        differences.addAll(past(replay));
        return differences.isEmpty() ? null : told(String.join("\n  ", differences));
    }

    /** A few earlier times, each about itself, about a time before it, or about the present. */
    private List<String> past(Replay replay) {
        List<Instant> times = ops.stream()
                .filter(Op.Clock.class::isInstance)
                .map(op -> ((Op.Clock) op).now())
                .toList();
        List<String> differences = new ArrayList<>();
        for (int asked = 0; asked < 3; asked++) {
            Instant known = times.get(dice.nextInt(times.size())).plusMillis(dice.nextInt(2) * (dice.nextInt(3) - 1L));
            Instant about = asked == 0
                    ? known
                    : dice.nextBoolean()
                            ? chance.now
                            : known.minusSeconds(dice.nextInt(dice.nextBoolean() ? 40 * 86_400 : 200));
            String expected = Believed.company(chance.law, ops, about, known);
            String found = replay.company(about, known);
            if (!expected.equals(found)) {
                differences.add("company of " + about + " as known at " + known + "\n    expected " + expected
                        + "\n    found    " + found);
            }
        }
        return differences;
    }

    /** The words of one that the other has not. */
    private static String only(String one, String other) {
        if (one == null || other == null) {
            return one;
        }
        Set<String> words = new TreeSet<>(List.of(one.split("(?<!since), (?!since)|[{}]")));
        List.of(other.split("(?<!since), (?!since)|[{}]")).forEach(words::remove);
        return words.toString();
    }

    private String told(String what) {
        StringBuilder text = new StringBuilder("  " + what + "\n" + chance.law);
        ops.forEach(op -> text.append("\n").append(op));
        return text.toString();
    }
}
