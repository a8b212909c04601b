package bellwether.kill;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.Noon;
import bellwether.oracle.Report;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killed with SIGKILL in the middle of a backfill and its push, again and again, nothing is lost and nothing is there twice. The seed
 * is printed; {@code -Dkill.seed=} plays the same dice, though not the same instants.
 */
class KillTest {
    @TempDir
    Path folder;

    @Test
    void twelveKillsLoseAndDoubleNothing() {
        killed(
                4_000,
                Map.of(Point.PULL, 2, Point.ACCEPT, 2, Point.REFRESH, 2, Point.PUSH, 2, Point.ANSWER, 2, Point.ACT, 2));
    }

    @Test
    void whatCannotBeRecognisedIsLookedForAfterAKill() {
        Killing killing = new Killing(seed(), 1_000, folder, Noon.zone(), Map.of(Point.ACT, 2)).looking();

        killing.run();

        judge(killing, 5);
    }

    @Test
    @Tag("kill")
    void manyKillsLoseAndDoubleNothing() {
        killed(
                10_000,
                Map.of(
                        Point.PULL,
                        12,
                        Point.ACCEPT,
                        12,
                        Point.REFRESH,
                        12,
                        Point.PUSH,
                        12,
                        Point.ANSWER,
                        12,
                        Point.ACT,
                        12));
    }

    private void killed(int responses, Map<Point, Integer> wanted) {
        Killing killing = new Killing(seed(), responses, folder, Noon.zone(), wanted);

        killing.run();

        judge(killing, responses / 200);
        assertThat(killing.reports())
                .allSatisfy(report -> assertThat(compared(report)).isGreaterThan(responses / 2));
        wanted.forEach((point, times) -> assertThat(killing.fallen())
                .hasEntrySatisfying(point, fallen -> assertThat(fallen).isGreaterThanOrEqualTo(times)));
    }

    private static long seed() {
        return Long.getLong("kill.seed", System.nanoTime() & 0xffff_ffffL);
    }

    private static void judge(Killing killing, int signals) {
        System.out.println(killing.histogram());
        assertThat(killing.reports())
                .allSatisfy(report ->
                        assertThat(report.differences()).as(report.toString()).isEmpty());
        assertThat(killing.reports())
                .allSatisfy(report -> assertThat(report.compared().getOrDefault("CRM signals", 0))
                        .isGreaterThan(signals));
        assertThat(killing.complaints()).isEmpty();
    }

    private static int compared(Report report) {
        return report.compared().getOrDefault("CRM responses", 0);
    }
}
