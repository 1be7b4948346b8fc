package city.emona.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The proof of who the server is, as files in PEM.
 *
 * @param certificate the server's certificate first, and those that lead to its authority
 * @param key its private key as PKCS 8, without a password
 */
public record TlsFiles(Path certificate, Path key) {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<List<String>> ALGORITHMS =
            List.of(List.of("RSA", "SHA256withRSA"), List.of("EC", "SHA256withECDSA"), List.of("EdDSA", "EdDSA"));
    static final char[] NO_PASSWORD = {};

    /**
     * Reads both.
     *
     * @throws IllegalStateException when they cannot be used or do not belong together; the message says what to do
     */
    KeyStore read() {
        try {
            List<Certificate> chain;
            try (var in = Files.newInputStream(certificate)) {
                chain = List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            }
            if (chain.isEmpty()) {
                throw new IllegalStateException(
                        "The file " + certificate + " of server.certificate holds no certificate. Write it as PEM.");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, NO_PASSWORD);
            store.setKeyEntry("server", readKey(chain.getFirst()), NO_PASSWORD, chain.toArray(Certificate[]::new));
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The files " + certificate + " and " + key
                            + " of server.certificate and server.key cannot be used: "
                            + Objects.requireNonNullElse(e.getMessage(), e.toString())
                            + ". Write both as PEM, and let the server read them.",
                    e);
        }
    }

    private PrivateKey readKey(Certificate own) throws IOException, GeneralSecurityException {
        Matcher pem = PKCS8.matcher(Files.readString(key, StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IllegalStateException(
                    "The file " + key
                            + " of server.key holds no private key as PKCS 8 without a password. Turn it into one: openssl pkcs8 -topk8 -nocrypt");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        InvalidKeySpecException other = null;
        for (List<String> algorithm : ALGORITHMS) {
            try {
                PrivateKey found = KeyFactory.getInstance(algorithm.getFirst()).generatePrivate(spec);
                requirePair(found, own, algorithm.getLast());
                return found;
            } catch (InvalidKeySpecException e) {
                other = e;
            }
        }
        throw new GeneralSecurityException("the key is neither RSA nor EC nor EdDSA", other);
    }

    private void requirePair(PrivateKey found, Certificate own, String algorithm) throws GeneralSecurityException {
        byte[] text = {1, 2, 3};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(found);
        signing.update(text);
        byte[] signature = signing.sign();
        boolean pair;
        try {
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(own.getPublicKey());
            checking.update(text);
            pair = checking.verify(signature);
        } catch (GeneralSecurityException e) {
            pair = false;
        }
        if (!pair) {
            throw new IllegalStateException("The key in " + key + " does not belong to the certificate in "
                    + certificate + ". Write both of the same order.");
        }
    }

    /** Tells one state of the files from another. */
    String look() throws IOException {
        return Files.getLastModifiedTime(certificate) + " " + Files.size(certificate) + " "
                + Files.getLastModifiedTime(key) + " " + Files.size(key);
    }
}
