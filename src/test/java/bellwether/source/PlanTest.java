package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.mapping.Tier;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant NOW = Instant.parse("2026-08-31T10:00:30.5Z");
    private static final Instant UNTIL = Instant.parse("2026-08-31T09:59:30Z");
    private static final Instant START = Instant.parse("2026-02-28T05:00:00Z");
    private final Connection connection = TestConnections.connection("wootric", 50, 6, TestConnections.TIERS);

    @Test
    void theFirstRunReadsPeopleAndSixCalendarMonths() {
        Plan plan = plan(List.of(), NOW);

        assertThat(plan.scans())
                .containsExactly(
                        Position.open("wootric", Position.PERSONS, Instant.EPOCH, UNTIL),
                        Position.open("wootric", Position.BACKFILL, START, UNTIL));
    }

    @Test
    void theNextRunReadsWhatIsNewSinceTheBackfillBegan() {
        Instant later = NOW.plusSeconds(300);

        Plan plan = plan(done(plan(List.of(), NOW)), later);

        Position persons = plan.scans().get(0);
        assertThat(persons.coveredUntil()).isEqualTo(UNTIL.minus(Duration.ofMinutes(5)));
        assertThat(persons.to()).isEqualTo(UNTIL.plusSeconds(300));
        Position incremental = plan.scans().get(1);
        assertThat(incremental)
                .isEqualTo(Position.open("wootric", Position.INCREMENTAL, UNTIL, UNTIL.plusSeconds(300)));
        assertThat(plan.scans()).hasSize(2);
    }

    @Test
    void aCrashReadsTheOpenWindowAgainAndAPlannedWaitGoesOn() {
        Boundary boundary = new Boundary(START.plusSeconds(9), java.util.Set.of("1"));
        Position open = new Position("wootric", "", Position.BACKFILL, START, START, UNTIL, "7", boundary, null, 300);
        Position waited = open.waiting(NOW.minusSeconds(1));

        assertThat(plan(List.of(open), NOW).scans()).contains(open.restarted());
        assertThat(open.restarted().token()).isNull();
        assertThat(plan(List.of(waited), NOW).scans()).contains(waited);
        assertThat(plan(List.of(waited), NOW.minusSeconds(2))).isEqualTo(new Plan(List.of(), NOW.minusSeconds(1)));
    }

    @Test
    void tiersAreReadWhenDueAndALongerOneCoversTheShorter() {
        List<Position> first = done(plan(List.of(), NOW));

        assertThat(scans(plan(first, NOW.plus(Duration.ofMinutes(59))))).doesNotContain("rescan:2d");

        Plan hour = plan(first, NOW.plus(Duration.ofHours(1)));
        assertThat(scans(hour)).containsExactly("persons", "incremental", "rescan:2d");
        Position rescan = hour.scans().get(2);
        assertThat(rescan.from()).isEqualTo(rescan.to().minus(Duration.ofDays(2)));

        Plan day = plan(first, NOW.plus(Duration.ofDays(1)));
        assertThat(scans(day)).containsExactly("persons", "incremental", "rescan:35d");

        Plan week = plan(first, NOW.plus(Duration.ofDays(7)));
        assertThat(scans(week)).containsExactly("persons", "incremental", "rescan:all");
        assertThat(week.scans().get(2).from()).isEqualTo(START);
    }

    @Test
    void aRescanNeverMovesWhatIsNew() {
        List<Position> first = done(plan(List.of(), NOW));
        List<Position> second = done(plan(first, NOW.plus(Duration.ofHours(1))));

        Position incremental = find(second, Position.INCREMENTAL);
        Position rescan = find(second, "rescan:2d");
        assertThat(incremental.from()).isEqualTo(UNTIL);
        assertThat(rescan.open()).isFalse();
        assertThat(scans(plan(second, NOW.plus(Duration.ofMinutes(119))))).doesNotContain("rescan:2d");
        assertThat(scans(plan(second, NOW.plus(Duration.ofHours(2))))).contains("rescan:2d");
    }

    @Test
    void aShortHistoryIsNotReadBeyondItsStart() {
        Connection young = TestConnections.connection("wootric", 50, 1, List.of(new Tier(35, Duration.ofHours(1))));
        List<Position> first = done(Plan.of(young, List.of(), NOW, NEW_YORK));

        Plan later = Plan.of(young, first, NOW.plus(Duration.ofHours(1)), NEW_YORK);

        assertThat(find(later.scans(), "rescan:35d").from()).isEqualTo(Instant.parse("2026-07-31T04:00:00Z"));
    }

    @Test
    void aClockSetBackReadsNothingAndLosesNothing() {
        List<Position> first = done(plan(List.of(), NOW));

        assertThat(plan(first, NOW.minus(Duration.ofHours(3))).scans()).isEmpty();
    }

    @Test
    void aBackfillAskedForReadsAgainAndKeepsTheOldestStart() {
        Position stored = find(done(plan(List.of(), NOW)), Position.BACKFILL);

        Position again = Plan.backfill(connection, stored, Instant.parse("2026-08-01T00:00:00Z"), NOW);
        assertThat(again.coveredUntil()).isEqualTo("2026-08-01T00:00:00Z");
        assertThat(again.from()).isEqualTo(START);
        assertThat(again.to()).isEqualTo(UNTIL);
        assertThat(Plan.backfill(connection, stored, Instant.parse("2025-01-01T00:00:00Z"), NOW)
                        .from())
                .isEqualTo("2025-01-01T00:00:00Z");
    }

    @Test
    void progressIsTheShareOfTheTimeRead() {
        Position half = new Position(
                "wootric",
                "",
                Position.BACKFILL,
                UNTIL.minusSeconds(100),
                UNTIL.minusSeconds(200),
                UNTIL,
                null,
                null,
                null,
                5);

        assertThat(half.progress()).isEqualTo(0.5);
        assertThat(half.done(0).progress()).isEqualTo(1);
    }

    private Plan plan(List<Position> stored, Instant now) {
        return Plan.of(connection, stored, now, NEW_YORK);
    }

    /** The positions as a run without rows leaves them. */
    private static List<Position> done(Plan plan) {
        List<Position> positions = new ArrayList<>();
        plan.scans().forEach(position -> positions.add(position.done(0)));
        if (positions.stream().noneMatch(p -> p.scan().equals(Position.BACKFILL))) {
            positions.add(
                    Position.open("wootric", Position.BACKFILL, START, UNTIL).done(0));
        }
        return positions;
    }

    private static Position find(List<Position> positions, String scan) {
        return positions.stream().filter(p -> p.scan().equals(scan)).findFirst().orElseThrow();
    }

    private static List<String> scans(Plan plan) {
        return plan.scans().stream().map(Position::scan).toList();
    }
}
