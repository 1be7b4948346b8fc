package city.emona.broker.delivery;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Whom the delivery trusts: those whom the platform trusts, and the certificates of a file, such as that of the city's own authority.
 *
 * @param managers trust both
 */
public record TrustedCertificates(TrustManagerFactory managers) {
    /**
     * Reads a file.
     *
     * @param file certificates in PEM, one after the other
     * @throws IllegalStateException when it cannot be read or holds none
     */
    public static TrustedCertificates read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> own =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (own.isEmpty()) {
                throw new IllegalStateException(
                        "There is no certificate in " + file + ". Put the certificates of authorities there, in PEM.");
            }
            KeyStore both = KeyStore.getInstance(KeyStore.getDefaultType());
            both.load(null, null);
            int number = 0;
            for (TrustManager manager : factory(null).getTrustManagers()) {
                if (manager instanceof X509TrustManager platform) {
                    for (X509Certificate certificate : platform.getAcceptedIssuers()) {
                        both.setCertificateEntry("platform-" + number++, certificate);
                    }
                }
            }
            for (Certificate certificate : own) {
                both.setCertificateEntry("own-" + number++, certificate);
            }
            return new TrustedCertificates(factory(both));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The certificates in " + file + " cannot be read: " + e.getMessage()
                            + ". Name a file of certificates in PEM.",
                    e);
        }
    }

    private static TrustManagerFactory factory(@Nullable KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }

    /** The same for HTTPS. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }
}
