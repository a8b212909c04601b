package bellwether.admin;

import bellwether.nps.Rounding;
import bellwether.nps.Window;
import bellwether.source.Connection;
import java.math.BigDecimal;
import java.util.Map;

/** Explains why a tool shows another number than we do. */
public final class ComparisonResource {
    private final Parts parts;

    public ComparisonResource(Parts parts) {
        this.parts = parts;
    }

    /** Step by step from the tool's figure to ours. */
    public ComparisonView compare(Map<String, Object> headers) {
        Ask ask = Ask.of(headers);
        String name = ConnectionsResource.known(parts, ask.path("name"));
        Window window = ask.value(
                "window", parts.settings().health()::window, parts.rules().window());
        BigDecimal theirs = ask.value("theirs", Comparer::theirs, null);
        if (theirs == null && ask.text("theirs") == null) {
            ask.refuse("theirs", "The number that the tool shows is needed, such as 41 or 41.3.");
        }
        Rounding rounding = theirs == null
                ? Rounding.INTEGER
                : ask.value("rounding", told -> Comparer.rounding(theirs, told), Rounding.of(theirs));
        ask.text("rounding");
        ask.done();
        Connection tool = parts.tools().get(name);
        if (tool == null) {
            throw Problem.conflict(
                    "NOT_A_TOOL",
                    name + " is a CRM or has a mistake, and this is for tools.",
                    "GET /api/v1/connections lists them.");
        }
        return new Comparer(parts.store(), parts.rules(), parts.clock())
                .compare(name, tool.source(), window, theirs, rounding);
    }
}
