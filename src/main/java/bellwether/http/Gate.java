package bellwether.http;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Stands before a connection's circuit breaker: an open breaker is a wait, not an attempt. */
public final class Gate {
    private final Supplier<Optional<CircuitBreaker>> breaker;
    private final Pause pause;

    /** @param breaker found late, because the route that owns it starts after this */
    public Gate(Supplier<Optional<CircuitBreaker>> breaker, Pause pause) {
        this.breaker = breaker;
        this.pause = pause;
    }

    /**
     * Waits until the breaker lets a call through.
     *
     * @throws bellwether.nps.FaultException transient, when that is too long to be slept
     */
    public void await(Call call) {
        breaker.get()
                .ifPresent(found -> pause.until(
                        () -> free(found),
                        open(found),
                        "BREAKER_OPEN",
                        "the last calls failed, so it is left alone for a while"));
    }

    private static Duration open(CircuitBreaker breaker) {
        return Duration.ofMillis(breaker.getCircuitBreakerConfig()
                .getWaitIntervalFunctionInOpenState()
                .apply(1));
    }

    private static boolean free(CircuitBreaker breaker) {
        boolean free = breaker.tryAcquirePermission();
        if (free) {
            // the circuitBreaker of the route takes its own
            breaker.releasePermission();
        }
        return free;
    }
}
