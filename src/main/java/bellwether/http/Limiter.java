package bellwether.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Lets a connection's calls through no faster than its {@link Limits} and the tool's own headers allow. */
public final class Limiter {
    private final String connection;
    private final Limits limits;
    private final Pause pause;
    private final Clock clock;
    private final DayCalls day;
    private final Pace minute;
    private final Pace second;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    /** @param day asked for only where a day has a limit */
    public Limiter(Wire wire, Pause pause, Clock clock, Supplier<DayCalls> day) {
        this.connection = wire.connection();
        this.limits = wire.limits();
        this.pause = pause;
        this.clock = clock;
        this.day = limits.perDay() > 0 ? day.get() : null;
        this.minute = pace(limits.perMinute(), Duration.ofMinutes(1), limits.burst());
        this.second = pace(limits.perSecond(), Duration.ofSeconds(1), 1);
    }

    private static Pace pace(int calls, Duration time, int burst) {
        return calls <= 0 ? null : new Pace(calls, time, burst);
    }

    /**
     * Waits for the next free place.
     *
     * @throws bellwether.nps.FaultException transient, when that is too long to be slept
     */
    public void await(Call call) {
        // until nobody has moved the instant further while we slept
        for (Instant then = notBefore.get(); then.isAfter(clock.instant()); then = notBefore.get()) {
            pause.until(then, "RATE_LIMITED", "the limit is used up until " + then);
        }
        await(minute, "our own limit of " + limits.perMinute() + " calls a minute is used up");
        await(second, "our own limit of " + limits.perSecond() + " calls a second is used up");
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        if (day != null && !day.take(connection, today, limits.perDay())) {
            Instant tomorrow = today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            throw pause.waiting(
                    "DAILY_LIMIT",
                    "the " + limits.perDay() + " calls of this day (UTC) are used up; it goes on at " + tomorrow,
                    tomorrow);
        }
    }

    private void await(Pace pace, String why) {
        if (pace != null) {
            pause.until(pace.take(clock.instant(), pause.longest()), "RATE_LIMITED", why);
        }
    }

    /** No call before then; an earlier instant than the one known changes nothing. */
    void hold(Instant then) {
        if (then != null) {
            notBefore.accumulateAndGet(then, (a, b) -> a.isAfter(b) ? a : b);
        }
    }
}
