package bellwether.http;

import static org.assertj.core.api.Assertions.assertThat;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TokensTest {
    private final AtomicInteger logins = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);

    /** Has eight threads ask while the first one's login is held, and gives what each of them got. */
    private List<Object> eight(Supplier<Token> login) throws Exception {
        Tokens tokens = new Tokens(
                "tool",
                refused -> {
                    logins.incrementAndGet();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return login.get();
                },
                Clock.systemUTC());
        ConcurrentLinkedQueue<Object> got = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread = new Thread(() -> {
                try {
                    got.add(tokens.valid());
                } catch (FaultException e) {
                    got.add(e.fault().code());
                }
            });
            threads.add(thread);
            thread.start();
        }
        while (threads.stream().anyMatch(t -> t.getState() != Thread.State.WAITING)) {
            Thread.onSpinWait();
        }
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return List.copyOf(got);
    }

    @Test
    void whoWaitsSharesTheToken() throws Exception {
        Token token = new Token("T", null);
        assertThat(eight(() -> token)).hasSize(8).containsOnly(token);
        assertThat(logins).hasValue(1);
    }

    @Test
    void whoWaitsSharesTheFailure() throws Exception {
        Fault fault = new Fault.Config("auth", "CREDENTIALS_REFUSED", "no", "yes");
        assertThat(eight(() -> {
                    throw new FaultException(fault);
                }))
                .hasSize(8)
                .containsOnly("CREDENTIALS_REFUSED");
        assertThat(logins).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() {
        AtomicInteger tries = new AtomicInteger();
        Tokens tokens = new Tokens(
                "tool",
                refused -> {
                    if (tries.getAndIncrement() == 0) {
                        throw new FaultException(new Fault.Transient("auth", "X", "no", "yes", null));
                    }
                    return new Token("T", null);
                },
                Clock.systemUTC());
        try {
            tokens.valid();
        } catch (FaultException expected) {
            assertThat(expected.fault().code()).isEqualTo("X");
        }
        assertThat(tokens.valid().value()).isEqualTo("T");
    }

    @Test
    void aLateRefusalOfAnOldTokenSparesTheNewOne() {
        Tokens tokens =
                new Tokens("tool", refused -> new Token("T" + logins.incrementAndGet(), null), Clock.systemUTC());
        Token first = tokens.valid();
        tokens.refuse(first);
        Token second = tokens.valid();
        tokens.refuse(first);
        assertThat(tokens.valid()).isSameAs(second);
        assertThat(logins).hasValue(2);
    }
}
