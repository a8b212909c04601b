package bellwether.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
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
    private final RateLimiter minute;
    private final RateLimiter second;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    /** @param day asked for only where a day has a limit */
    public Limiter(Wire wire, Pause pause, Clock clock, Supplier<DayCalls> day) {
        this.connection = wire.connection();
        this.limits = wire.limits();
        this.pause = pause;
        this.clock = clock;
        this.day = limits.perDay() > 0 ? day.get() : null;
        this.minute = rate(limits.perMinute(), Duration.ofMinutes(1), limits.burst());
        this.second = rate(limits.perSecond(), Duration.ofSeconds(1), 1);
    }

    /** A period holds one burst, so that a minute never sees more than {@code perMinute + burst}. */
    private RateLimiter rate(int calls, Duration time, int most) {
        if (calls <= 0) {
            return null;
        }
        int burst = Math.max(1, Math.min(most, calls));
        return RateLimiter.of(
                connection,
                RateLimiterConfig.custom()
                        .limitForPeriod(burst)
                        .limitRefreshPeriod(time.multipliedBy(burst).dividedBy(calls))
                        .timeoutDuration(Duration.ofDays(1))
                        .build());
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

    private void await(RateLimiter rate, String why) {
        if (rate != null) {
            long nanos = rate.reservePermission();
            pause.until(clock.instant().plusNanos(Math.max(nanos, 0)), "RATE_LIMITED", why);
        }
    }

    /** No call before then; an earlier instant than the one known changes nothing. */
    void hold(Instant then) {
        if (then != null) {
            notBefore.accumulateAndGet(then, (a, b) -> a.isAfter(b) ? a : b);
        }
    }
}
