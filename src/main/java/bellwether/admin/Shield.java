package bellwether.admin;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Nothing that a client sends as a header or parameter becomes a header of a message, unless a route needs it, and of a message's
 * headers only a few are answered. So no request steers a component, and none comes back as a header of its own answer.
 */
public final class Shield implements HeaderFilterStrategy {
    private static final Set<String> ANSWERED = Set.of("location", "retry-after", "cache-control");

    private final Predicate<String> let;

    /** Lets nothing in. */
    public Shield() {
        this(name -> false);
    }

    /** @param let the names of the headers that are let in */
    public Shield(Predicate<String> let) {
        this.let = let;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ANSWERED.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return !let.test(name);
    }
}
