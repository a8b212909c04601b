package bellwether.daemon;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.PropertiesFunction;

/** {@code {{env:NAME:default}}} in {@code config/application.properties} and routes: the same environment as in the other files. */
final class EnvironmentFunction implements PropertiesFunction {
    private final UnaryOperator<String> variables;

    EnvironmentFunction(UnaryOperator<String> variables) {
        this.variables = variables;
    }

    @Override
    public String getName() {
        return "env";
    }

    @Override
    public String apply(String remainder) {
        int colon = remainder.indexOf(':');
        String name = colon < 0 ? remainder : remainder.substring(0, colon);
        String value = variables.apply(name.toUpperCase(Locale.ROOT));
        return value != null ? value : colon < 0 ? null : remainder.substring(colon + 1);
    }
}
