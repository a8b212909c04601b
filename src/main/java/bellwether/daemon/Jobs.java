package bellwether.daemon;

import bellwether.mapping.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/** Runs are Quartz jobs, one per connection and kind, never two at a time, whoever asks. */
final class Jobs {
    /** A cron expression whose time does not come. */
    static final String NEVER = "cron=0+0+0+1+1+?+2099";

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

    /**
     * Runs a connection's job of a group ({@code pull} or {@code people}) at an instant, or now if that has passed. However often it is
     * asked for before it begins, it runs once, at the earliest of the instants.
     */
    synchronized void run(String group, String connection, Instant at) {
        try {
            Scheduler scheduler =
                    camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
            var job = new JobKey(connection, group);
            // the route has been stopped, so Bellwether stops: its next start runs the connection
            if (scheduler.isShutdown() || !scheduler.checkExists(job)) {
                return;
            }
            var key = new TriggerKey(connection + " asked", group);
            Instant from = at.isAfter(clock.instant()) ? at : Instant.now();
            Trigger trigger = TriggerBuilder.newTrigger()
                    .withIdentity(key)
                    .forJob(job)
                    .startAt(Date.from(from))
                    .build();
            Trigger waiting = scheduler.getTrigger(key);
            boolean sooner = waiting != null
                    && waiting.getNextFireTime() != null
                    && !waiting.getNextFireTime().after(trigger.getStartTime());
            if (!sooner && scheduler.rescheduleJob(key, trigger) == null) {
                scheduler.scheduleJob(trigger);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException("The scheduler refused to run " + connection, e);
        }
    }
}
