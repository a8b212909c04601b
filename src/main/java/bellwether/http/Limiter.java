package bellwether.http;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** Lets a connection's calls through no faster than its {@link Limits} and the tool's own headers allow. */
public final class Limiter {
    private final Limits limits;
    private final Pause pause;
    private final Clock clock;
    private final RateLimiter rate;
    private final AtomicReference<Instant> notBefore = new AtomicReference<>(Instant.MIN);

    public Limiter(Wire wire, Pause pause, Clock clock) {
        this.limits = wire.limits();
        this.pause = pause;
        this.clock = clock;
        this.rate = limits.perMinute() <= 0 ? null : RateLimiter.of(wire.connection(), config(limits));
    }

    /** A period holds one burst, so that a minute never sees more than {@code perMinute + burst}. */
    private static RateLimiterConfig config(Limits limits) {
        int burst = Math.max(1, Math.min(limits.burst(), limits.perMinute()));
        return RateLimiterConfig.custom()
                .limitForPeriod(burst)
                .limitRefreshPeriod(Duration.ofMinutes(1).multipliedBy(burst).dividedBy(limits.perMinute()))
                .timeoutDuration(Duration.ofDays(1))
                .build();
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
        if (rate != null) {
            long nanos = rate.reservePermission();
            Instant then = clock.instant().plusNanos(Math.max(nanos, 0));
            pause.until(then, "RATE_LIMITED", "our own limit of " + limits.perMinute() + " calls a minute is used up");
        }
    }

    /** No call before then; an earlier instant than the one known changes nothing. */
    void hold(Instant then) {
        if (then != null) {
            notBefore.accumulateAndGet(then, (a, b) -> a.isAfter(b) ? a : b);
        }
    }
}
