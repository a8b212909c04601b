package bellwether.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortTest {
    /** Out of the way of the port of a demo. */
    private static final int WANTED = 18_321;

    @Test
    void twoDemosOfOneMomentTakeTwoPorts() {
        int first;
        try (Port one = Port.from(WANTED);
                Port other = Port.from(WANTED)) {
            first = one.number;
            assertThat(other.number).isGreaterThan(first);
        }
        try (Port again = Port.from(WANTED)) {
            assertThat(again.number).isEqualTo(first);
        }
    }

    @Test
    void aPortThatIsBoundIsLeftToItsServer() throws Exception {
        int bound;
        try (Port port = Port.from(WANTED)) {
            bound = port.number;
        }
        try (var server = new ServerSocket(bound, 1, InetAddress.getLoopbackAddress());
                Port next = Port.from(WANTED)) {
            assertThat(next.number).isGreaterThan(server.getLocalPort());
        }
    }
}
