package bellwether.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class RawTest {
    @Test
    void holdsNoAddressOfTheRespondentsMachineAndNoPageOfTheAnswer() throws IOException {
        JsonNode record = new ObjectMapper()
                .readTree(
                        "{\"id\":1,\"ip_address\":\"192.0.2.7\",\"meta\":[{\"ipAddress\":\"192.0.2.7\",\"origin_url\":"
                                + "\"https://a.test/x\",\"trip\":2}],\"IP Address\":\"192.0.2.7\",\"zip\":3,\"ips\":4,\"i\":5}");

        assertThat(Raw.of(record)).isEqualTo("{\"id\":1,\"meta\":[{\"trip\":2}],\"zip\":3,\"ips\":4,\"i\":5}");
        assertThat(record.toString()).contains("192.0.2.7");
    }
}
