package bellwether.http;

import bellwether.nps.Fault;
import bellwether.nps.FaultException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom a connection trusts: the JDK's certificates and, where the settings name a file, its own on top. */
public final class Trust {
    private Trust() {}

    /** @throws FaultException config, when the file holds no certificate */
    public static Optional<TrustManager> of(Wire wire) {
        Path file = wire.net().caFile();
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(manager(file));
        } catch (IOException | GeneralSecurityException e) {
            throw new FaultException(new Fault.Config(
                    wire.step(),
                    "CA_FILE_UNUSABLE",
                    wire.connection() + ": ca_file " + file + " cannot be used: "
                            + e.getClass().getSimpleName() + ".",
                    "Give the path of a readable PEM file with at least one certificate."));
        }
    }

    private static TrustManager manager(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (X509Certificate known : x509(null).getAcceptedIssuers()) {
            store.setCertificateEntry("jdk-" + count++, known);
        }
        int before = count;
        try (InputStream in = Files.newInputStream(file)) {
            for (Certificate own : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("own-" + count++, own);
            }
        }
        if (count == before) {
            throw new GeneralSecurityException("no certificate");
        }
        return x509(store);
    }

    private static X509TrustManager x509(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return x509;
            }
        }
        throw new GeneralSecurityException("no trust manager");
    }
}
