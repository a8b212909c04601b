package bellwether.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.mapping.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** The schedule as shipped, with a run that can be held up. */
class JobsTest {
    private final Main camel = new Main();
    private final Jobs jobs = new Jobs(camel::getCamelContext, Clock.systemUTC());
    private final Held held = new Held();

    /** Takes the place of what reads people; camel calls it. */
    public static final class Held {
        private final AtomicInteger runs = new AtomicInteger();
        private final AtomicInteger under = new AtomicInteger();
        private final AtomicBoolean together = new AtomicBoolean();
        private volatile CountDownLatch latch = new CountDownLatch(1);

        public void read() throws InterruptedException {
            runs.incrementAndGet();
            if (under.incrementAndGet() > 1) {
                together.set(true);
            }
            latch.await(30, TimeUnit.SECONDS);
            under.decrementAndGet();
        }
    }

    @AfterEach
    void stop() {
        held.latch.countDown();
        camel.stop();
    }

    private void start(String trigger) {
        camel.setPropertyPlaceholderLocations("file:config/application.properties");
        camel.configure().withRoutesIncludePattern("file:routes/people.yaml,file:routes/faults.yaml");
        camel.bind("people-crm", held);
        camel.bind("faults", new FaultLog(Clock.systemUTC()));
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(org.apache.camel.main.BaseMainSupport main) {
                TemplatedRouteBuilder.builder(main.getCamelContext(), "people")
                        .parameter("connection", "crm")
                        .parameter("trigger", trigger)
                        .add();
            }
        });
        camel.start();
    }

    private void runsReach(int runs) {
        await().atMost(Duration.ofSeconds(10)).until(() -> held.runs.get() >= runs);
    }

    @Test
    void whatALongRunMissedIsMadeUpForOnce() throws InterruptedException {
        start(Jobs.options(new Schedule(Duration.ofSeconds(1), null)));
        runsReach(1);
        Thread.sleep(5_500);
        assertThat(held.runs).hasValue(1);

        held.latch.countDown();
        Thread.sleep(900);
        assertThat(held.runs).hasValueBetween(2, 3);
        runsReach(4);
        assertThat(held.together).isFalse();
    }

    @Test
    void howeverOftenARunIsAskedForWhileOneIsUnderWayOneMoreFollows() throws InterruptedException {
        start(Jobs.NEVER);
        jobs.run("people", "crm", Instant.now());
        runsReach(1);
        for (int i = 0; i < 5; i++) {
            jobs.run("people", "crm", Instant.now().plusSeconds(60 - i));
            jobs.run("people", "crm", Instant.now());
        }

        held.latch.countDown();
        runsReach(2);
        Thread.sleep(1_500);
        assertThat(held.runs).hasValue(2);
        jobs.run("people", "crm", Instant.now());
        runsReach(3);
        jobs.run("people", "crm", Instant.now().plusMillis(1_500));
        Thread.sleep(700);
        assertThat(held.runs).hasValue(3);
        runsReach(4);
        assertThat(held.together).isFalse();
    }

    @Test
    void aRunThatIsFiredAMomentEarlyIsNotBeforeItsStart() throws SchedulerException {
        start(Jobs.NEVER);
        Instant at = Instant.now().plusMillis(700);
        jobs.run("people", "crm", at);
        Trigger asked = camel.getCamelContext()
                .getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .getTrigger(new TriggerKey("crm asked", "people"));
        Instant fires = asked.getNextFireTime().toInstant();
        assertThat(fires).isBetween(at, at.plusMillis(2_000));
        assertThat(asked.getStartTime().toInstant()).isBefore(fires.minusMillis(100));
        runsReach(1);
        assertThat(Instant.now()).isAfterOrEqualTo(at);
    }

    @Test
    void whatCanBeReadLaterOnlyIsNotServedByARunThatWaitsAndBeginsBefore() throws InterruptedException {
        held.latch.countDown();
        start(Jobs.NEVER);
        Instant soon = Instant.now().plusSeconds(1);
        for (int i = 0; i < 5; i++) {
            jobs.runFrom("people", "crm", soon.plusMillis(300L * i));
        }
        jobs.runFrom("people", "crm", soon.minusMillis(500));
        runsReach(2);
        Instant second = Instant.now();
        Thread.sleep(1_500);

        assertThat(second).isAfterOrEqualTo(soon.plusMillis(1_200));
        assertThat(held.runs).hasValue(2);
    }
}
