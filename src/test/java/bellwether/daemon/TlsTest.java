package bellwether.daemon;

import static bellwether.daemon.CallTest.failed;
import static org.assertj.core.api.Assertions.assertThat;

import bellwether.ForwardProxy;
import bellwether.crm.SalesforceOrg;
import bellwether.http.Answer;
import bellwether.http.Auth;
import bellwether.http.Limits;
import bellwether.http.Net;
import bellwether.http.Secret;
import bellwether.http.Wire;
import bellwether.nps.Fault;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate of its own is trusted when ca_file names it, and only then. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsTest {
    @TempDir
    static Path folder;

    private HttpsServer server;
    private Path certificate;
    private URI address;

    @BeforeAll
    void start() throws Exception {
        Path store = folder.resolve("server.p12");
        certificate = folder.resolve("ca.pem");
        keytool(
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "server",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-file",
                certificate.toString());
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        address = URI.create("https://localhost:" + server.getAddress().getPort());
        server.createContext("/", exchange -> {
            byte[] body = ("{\"access_token\":\"T\",\"instance_url\":\"" + address + "\",\"id\":\"" + address
                            + "/id/00D000000000001AAA/005000000000001AAA\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    private static void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Test
    void overHttp() throws Exception {
        Wire wire = Wire.tool("strict", address, new Auth.None(), Limits.NONE).overriding(Wiring.QUICK);
        try (Wiring wiring = new Wiring()) {
            Fault fault = failed(wiring.add(wire).call(CallTest.READ));
            assertThat(fault).isInstanceOf(Fault.Config.class);
            assertThat(fault.code()).isEqualTo("TLS_REFUSED");
            assertThat(fault.advice()).contains("ca_file");
            Wire trusting = Wire.tool("trusting", address, new Auth.None(), Limits.NONE)
                    .with(Net.DEFAULT.trusting(certificate));
            assertThat(wiring.add(trusting).call(CallTest.READ)).isInstanceOf(Answer.Ok.class);
        }
    }

    @Test
    void overSalesforce() throws Exception {
        SalesforceOrg org = SalesforceOrg.of("acme", address, new Secret("id", "i"), new Secret("secret", "s"))
                .overriding(Wiring.QUICK);
        try (Wiring wiring = new Wiring()) {
            assertThat(failed(wiring.add(org).call(CallTest.READ)).code()).isEqualTo("TLS_REFUSED");
        }
        try (Wiring wiring = new Wiring()) {
            assertThat(wiring.add(org.with(Net.DEFAULT.trusting(certificate))).call(CallTest.READ))
                    .isInstanceOf(Answer.Ok.class);
        }
    }

    @Test
    void throughAProxyThatTunnels() throws Exception {
        try (Wiring wiring = new Wiring();
                var proxy =
                        new ForwardProxy(Map.of("localhost", server.getAddress().getPort()))) {
            Net net = Net.DEFAULT
                    .trusting(certificate)
                    .through(new Net.Proxy(
                            "127.0.0.1",
                            URI.create("http://" + proxy.address()).getPort(),
                            null,
                            new Secret("proxy", "")));
            String tunnel = "CONNECT " + address.getAuthority();
            Wire tool = Wire.tool("tool", address, new Auth.None(), Limits.NONE).with(net);
            assertThat(wiring.add(tool).call(CallTest.READ)).isInstanceOf(Answer.Ok.class);
            assertThat(proxy.seen()).containsExactly(tunnel);

            var org = SalesforceOrg.of("acme", address, new Secret("id", "i"), new Secret("secret", "s"));
            assertThat(wiring.add(org.with(net)).call(CallTest.READ)).isInstanceOf(Answer.Ok.class);
            assertThat(proxy.seen()).hasSizeGreaterThan(1).containsOnly(tunnel);
        }
    }

    @Test
    void aFileWithoutCertificatesIsAConfigFaultOfThatConnection() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pem"));
        for (Path file : List.of(empty, folder.resolve("missing.pem"))) {
            Wire wire =
                    Wire.tool("broken", address, new Auth.None(), Limits.NONE).with(Net.DEFAULT.trusting(file));
            try (Wiring wiring = new Wiring()) {
                Fault fault = failed(wiring.add(wire).call(CallTest.READ));
                assertThat(fault).isInstanceOf(Fault.Config.class);
                assertThat(fault.code()).isEqualTo("CA_FILE_UNUSABLE");
                assertThat(fault.message()).contains(file.toString());
            }
        }
    }
}
