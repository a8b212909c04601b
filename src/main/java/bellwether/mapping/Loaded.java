package bellwether.mapping;

import java.util.ArrayList;
import java.util.List;

/**
 * What a file says, and every mistake found in it.
 *
 * @param value null when nothing usable is left
 * @param mistakes in the order of file and line; empty when all is well
 */
public record Loaded<T>(T value, List<Mistake> mistakes) {
    public Loaded {
        mistakes = mistakes.stream().distinct().sorted().toList();
    }

    /** True if there is a value and nothing is wrong with it. */
    public boolean sound() {
        return value != null && mistakes.isEmpty();
    }

    static <T> Loaded<T> failed(List<Mistake> mistakes) {
        return new Loaded<>(null, mistakes);
    }

    static List<Mistake> all(List<Mistake> some, List<Mistake> more) {
        List<Mistake> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
