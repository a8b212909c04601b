package bellwether.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bellwether.nps.FaultException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private final Wire wire = Wire.tool(
                    "tool", URI.create("https://api.tool.example/v1/"), new Auth.None(), Limits.NONE)
            .asking(Set.of("files.tool.example"));
    private final Address address = new Address(wire);

    private String of(String path, Request.Parameter... query) {
        return address.of(Request.read(path, List.of(query))).toString();
    }

    @Test
    void startsFromTheBase() {
        assertThat(of("/responses")).isEqualTo("https://api.tool.example/v1/responses");
        assertThat(of("responses")).isEqualTo("https://api.tool.example/v1/responses");
        assertThat(of("")).isEqualTo("https://api.tool.example/v1");
        assertThat(of("/r?page=2", new Request.Parameter("q", "a b")))
                .isEqualTo("https://api.tool.example/v1/r?page=2&q=a%20b");
        assertThat(of("@evil.example/x")).isEqualTo("https://api.tool.example/v1/@evil.example/x");
    }

    @Test
    void takesAbsoluteAddressesOfDeclaredHosts() {
        assertThat(of("https://API.tool.example:443/v2/next")).isEqualTo("https://API.tool.example:443/v2/next");
        assertThat(of("https://files.tool.example/f")).isEqualTo("https://files.tool.example/f");
        assertThat(address.trusted(URI.create("https://API.tool.example:443/x")))
                .isTrue();
        assertThat(address.trusted(URI.create("http://api.tool.example/x"))).isFalse();
        assertThat(address.trusted(URI.create("https://files.tool.example/x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/v1",
                "https://api.tool.example.evil.example/",
                "https://api.tool.example@evil.example/",
                "https://user@api.tool.example/",
                "http://api.tool.example/",
                "https://api.tool.example:8443/",
                "https://169.254.169.254/latest",
                "https:///nohost",
                "https://api.tool.example/ space"
            })
    void refusesEverythingElse(String path) {
        assertThatThrownBy(() -> of(path))
                .isInstanceOf(FaultException.class)
                .hasMessageStartingWith("HOST_NOT_DECLARED");
    }
}
