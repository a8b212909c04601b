package bellwether;

import bellwether.mapping.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** Runs are Quartz jobs, one per connection and kind, never two at a time, whoever asks. */
final class Jobs {
    /** A cron expression whose time does not come. */
    static final String NEVER = "cron=0+0+0+1+1+?+2099";

    private static final Duration MOMENT = Duration.ofSeconds(2);

    private final Supplier<CamelContext> camel;
    private final Clock clock;

    Jobs(Supplier<CamelContext> camel, Clock clock) {
        this.camel = camel;
        this.clock = clock;
    }

    /** A schedule as options of a Quartz endpoint; a period begins at once, a cron expression at its own time. */
    static String options(Schedule schedule) {
        return schedule.cron() != null
                ? "cron=" + schedule.cron().replace(' ', '+')
                : "trigger.repeatCount=-1&trigger.repeatInterval="
                        + schedule.every().toMillis();
    }

    /** Runs a connection's job in a moment, once however often it is asked for until then. */
    void soon(String group, String connection) {
        var key = new TriggerKey("soon-" + connection, group);
        try {
            Scheduler scheduler = scheduler();
            if (!scheduler.checkExists(key)) {
                scheduler.scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(key)
                        .forJob(new JobKey(connection, group))
                        .startAt(Date.from(clock.instant().plus(MOMENT)))
                        .build());
            }
        } catch (ObjectAlreadyExistsException e) {
            // somebody else asked at the same time
        } catch (SchedulerException e) {
            throw new IllegalStateException("The scheduler refused to run " + connection, e);
        }
    }

    private Scheduler scheduler() {
        return camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    /** Runs a connection's job of a group ({@code pull} or {@code people}) at an instant, or now if that has passed. */
    void run(String group, String connection, Instant at) {
        try {
            Scheduler scheduler = scheduler();
            var trigger = TriggerBuilder.newTrigger().forJob(new JobKey(connection, group));
            if (at.isAfter(clock.instant())) {
                trigger.startAt(Date.from(at));
            } else {
                trigger.startNow();
            }
            scheduler.scheduleJob(trigger.build());
        } catch (SchedulerException e) {
            throw new IllegalStateException("The scheduler refused to run " + connection, e);
        }
    }
}
