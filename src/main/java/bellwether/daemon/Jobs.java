package bellwether.daemon;

import bellwether.mapping.Schedule;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.CronScheduleBuilder;
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

    private static final DateTimeFormatter ONCE =
            DateTimeFormatter.ofPattern("s m H d M '?' uuuu").withZone(ZoneOffset.UTC);

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
            Scheduler scheduler = scheduler();
            if (known(scheduler, group, connection)) {
                var key = new TriggerKey(connection + " asked", group);
                Instant waiting = waiting(scheduler, key);
                if (waiting == null || waiting.isAfter(at)) {
                    set(scheduler, key, connection, at);
                }
            }
        } catch (SchedulerException e) {
            throw refused(connection, e);
        }
    }

    /**
     * The same, for what can be read from an instant on only: a run that waits and begins before it is not enough. However often it is
     * asked for, this makes one further run, after the last of the instants.
     */
    synchronized void runFrom(String group, String connection, Instant at) {
        try {
            Scheduler scheduler = scheduler();
            if (known(scheduler, group, connection)) {
                Instant waiting = waiting(scheduler, new TriggerKey(connection + " asked", group));
                if (waiting == null || waiting.isAfter(at)) {
                    run(group, connection, at);
                } else if (waiting.isBefore(at)) {
                    set(scheduler, new TriggerKey(connection + " asked later", group), connection, at);
                }
            }
        } catch (SchedulerException e) {
            throw refused(connection, e);
        }
    }

    private Scheduler scheduler() {
        return camel.get().getComponent("quartz", QuartzComponent.class).getScheduler();
    }

    /** False where the route has been stopped: then Bellwether stops, and its next start runs the connection. */
    private static boolean known(Scheduler scheduler, String group, String connection) throws SchedulerException {
        return !scheduler.isShutdown() && scheduler.checkExists(new JobKey(connection, group));
    }

    private static Instant waiting(Scheduler scheduler, TriggerKey key) throws SchedulerException {
        Trigger waiting = scheduler.getTrigger(key);
        return waiting == null || waiting.getNextFireTime() == null
                ? null
                : waiting.getNextFireTime().toInstant();
    }

    /**
     * Quartz fires up to two milliseconds early, and Camel passes over a job that is fired before its trigger's start. So the start is
     * always now, and what is to come is the one time of a cron expression: a whole second, not before the instant.
     */
    private void set(Scheduler scheduler, TriggerKey key, String connection, Instant at) throws SchedulerException {
        TriggerBuilder<Trigger> trigger = TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(new JobKey(connection, key.getGroup()))
                .startNow();
        Instant now = Instant.now();
        Trigger set = at.isAfter(now) && at.isAfter(clock.instant())
                ? trigger.withSchedule(once(at, now)).build()
                : trigger.build();
        if (scheduler.rescheduleJob(key, set) == null) {
            scheduler.scheduleJob(set);
        }
    }

    private static CronScheduleBuilder once(Instant at, Instant now) {
        // Half a second to set it in, lest its time has passed by then.
        Instant soonest = now.plusMillis(500);
        Instant whole =
                (at.isAfter(soonest) ? at : soonest).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        return CronScheduleBuilder.cronSchedule(ONCE.format(whole)).inTimeZone(TimeZone.getTimeZone("UTC"));
    }

    private static IllegalStateException refused(String connection, SchedulerException e) {
        return new IllegalStateException("The scheduler refused to run " + connection, e);
    }
}
