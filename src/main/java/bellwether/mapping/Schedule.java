package bellwether.mapping;

import java.text.ParseException;
import java.time.Duration;
import org.quartz.CronExpression;

/**
 * When a connection runs: {@code every 5m}, or a Quartz cron expression such as {@code 0 0 2 * * ?} (seconds first).
 *
 * @param every null if a cron expression is given
 * @param cron null if a period is given
 */
public record Schedule(Duration every, String cron) {
    /** Reads either form; an IllegalArgumentException says in a sentence what is wrong. */
    public static Schedule of(String text) {
        String words = text.strip();
        if (words.startsWith("every ")) {
            Duration every = Binder.duration(words.substring(6).strip());
            if (every.isZero()) throw new IllegalArgumentException("the period must not be zero.");
            return new Schedule(every, null);
        }
        try {
            CronExpression.validateExpression(words);
            return new Schedule(null, words);
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    "write 'every 5m', or a cron expression with seconds first like '0 0 2 * * ?'.", e);
        }
    }
}
