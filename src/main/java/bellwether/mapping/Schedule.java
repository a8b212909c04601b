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
            return new Schedule(Binder.duration(words.substring(6).strip()), null);
        }
        try {
            CronExpression.validateExpression(words);
            return new Schedule(null, words);
        } catch (ParseException e) {
            throw new IllegalArgumentException("this is neither a period nor a cron expression.", e);
        }
    }
}
