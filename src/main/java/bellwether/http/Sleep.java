package bellwether.http;

import java.time.Duration;

/** Lets time pass. */
public interface Sleep {
    /** The real one. */
    Sleep REAL = length -> Thread.sleep(Math.max(1, length.toMillis()));

    void pass(Duration length) throws InterruptedException;
}
