package bellwether.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.function.Supplier;

/** How many calls a minute a declared tool answers, told in the headers that its file declares. */
final class Allowance {
    private final JsonNode headers;
    private final Clock clock;
    private final RateLimit limit;

    /** @param callsPerMinute 0 for any number */
    Allowance(Declaration declaration, Clock clock, int callsPerMinute) {
        this.headers = declaration.tool.at("/limits/headers");
        this.clock = clock;
        this.limit = callsPerMinute > 0 ? new RateLimit(clock, callsPerMinute) : null;
    }

    /** The answer, or the refusal of a call too many. */
    Answer spend(Supplier<Answer> served) {
        if (limit == null) {
            return served.get();
        }
        RateLimit.Left left = limit.spend("");
        long seconds = Math.max(1, left.reset() - clock.instant().getEpochSecond());
        Answer answer =
                left.exceeded() ? Refusal.plain(429, "Too many requests").with("Retry-After", seconds) : served.get();
        for (JsonNode header : headers) {
            boolean unix = header.path("reset_as").asText().equals("unix_seconds");
            if (header.has("remaining")) {
                answer = answer.with(header.get("remaining").asText(), Math.max(0, left.remaining()));
            }
            if (header.has("reset")) {
                answer = answer.with(header.get("reset").asText(), unix ? left.reset() : seconds);
            }
        }
        return answer;
    }
}
