package bellwether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import bellwether.daemon.Daemon;
import bellwether.simulator.Company;
import bellwether.simulator.SalesforceSimulator;
import bellwether.simulator.WootricSimulator;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.component.quartz.QuartzComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;

/** Two daemons in one process, each with a home and a store of its own, and with connections of the same names. */
class TwoDaemonsTest {
    @TempDir
    Path one;

    @TempDir
    Path two;

    @Test
    void eachHasItsOwnRunsAndTheEndOfOneLeavesTheOther() throws SchedulerException {
        Company company = Company.of(5, 4, 12, 40, Instant.now().minusSeconds(600));
        try (var wootric = WootricSimulator.start(
                        company, WootricSimulator.Options.standard().callsPerMinute(0));
                var salesforce = SalesforceSimulator.start(company);
                Daemon second = new House(two, wootric.baseUrl(), salesforce.baseUrl()).daemon(Clock.systemUTC())) {
            try (Daemon first = new House(one, wootric.baseUrl(), salesforce.baseUrl()).daemon(Clock.systemUTC())) {
                first.start();
                second.start();
                assertThat(scheduler(first)).isNotSameAs(scheduler(second));
                await().atMost(Duration.ofSeconds(60)).until(() -> House.settled(first) && House.settled(second));
            }

            assertThat(scheduler(second).isShutdown()).isFalse();
            House.sync(second);
        }
    }

    private static Scheduler scheduler(Daemon daemon) {
        return daemon.camel().getComponent("quartz", QuartzComponent.class).getScheduler();
    }
}
