package bellwether.http;

/**
 * A credential together with the setting it came from, so that a fault can name the setting and nothing ever prints the value.
 *
 * @param setting where a person finds it, such as {@code connections.yaml: wootric.client_secret}
 * @param value never printed
 */
public record Secret(String setting, String value) {
    @Override
    public String toString() {
        return setting + "=***";
    }
}
