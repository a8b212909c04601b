package bellwether.oracle;

import java.time.Instant;
import java.util.List;

/** What was believed at an earlier time: what had been told by then, worked out by the rules of today. */
public final class Believed {
    private Believed() {}

    /**
     * The company's figures.
     *
     * @param validAt the instant that they are about
     * @param knownAt whatever was told later is left out
     */
    public static String company(Law law, List<Op> ops, Instant validAt, Instant knownAt) {
        int told = 0;
        for (Op op : ops) {
            if (op instanceof Op.Clock clock && clock.now().isAfter(knownAt)
                    || op instanceof Op.Weighed rule && rule.now().isAfter(knownAt)
                    || op instanceof Op.Waits waits && waits.now().isAfter(knownAt)) {
                break;
            }
            told++;
        }
        return Whole.of(law, new World(law, ops.subList(0, told), validAt, ops.subList(told, ops.size())));
    }
}
