package bellwether.source;

import bellwether.http.Limits.Header;
import java.util.List;

/**
 * What a tool allows; null where it says nothing.
 *
 * @param requestsPerDay a budget that ends a run and lets it go on the next day
 * @param headers in which the tool says what is left
 */
public record Limits(
        Integer requestsPerSecond, Integer requestsPerMinute, Integer requestsPerDay, List<Header> headers) {
    public Limits {
        headers = headers == null ? List.of() : List.copyOf(headers);
    }
}
