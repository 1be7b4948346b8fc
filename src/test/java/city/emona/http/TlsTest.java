package city.emona.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    @TempDir
    Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void names() {
        certificate = folder.resolve("server.crt");
        key = folder.resolve("server.key");
    }

    private void write(MadeUpCertificate made) throws IOException, GeneralSecurityException {
        made.writeCertificate(certificate);
        made.writeKey(key);
    }

    private HttpServer start() {
        Router router = new Router().get("/hello", _ -> Response.text(200, "hello"));
        return HttpServer.start(
                HttpServerConfig.onLoopback(0).withTls(new TlsFiles(certificate, key)),
                router,
                (_, problem, _) -> Response.empty(problem.type().status()));
    }

    private static String get(HttpServer server, MadeUpCertificate trusted) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
            return get(client, "https://localhost:" + server.port() + "/hello");
        }
    }

    private static String get(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void speaksTlsAndWithoutItToItsOwnMachine(String algorithm) throws Exception {
        MadeUpCertificate made = MadeUpCertificate.make(folder, algorithm);
        write(made);
        try (HttpServer server = start();
                HttpClient plain = HttpClient.newHttpClient()) {
            assertThat(get(server, made)).isEqualTo("hello");
            assertThat(get(plain, "http://127.0.0.1:" + server.localPort() + "/hello"))
                    .isEqualTo("hello");
            assertThat(server.localPort()).isNotEqualTo(server.port());
            assertThatThrownBy(() -> get(plain, "http://localhost:" + server.port() + "/hello"))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void tellsBrowsersAndHandlersThatTheConnectionIsSafe() throws Exception {
        MadeUpCertificate made = MadeUpCertificate.make(folder, "EC");
        write(made);
        Router router = new Router()
                .get(
                        "/hello",
                        request -> Response.text(
                                200, request.header("X-Forwarded-Proto").orElse("none")));
        try (HttpServer server = HttpServer.start(
                        HttpServerConfig.onLoopback(0).withTls(new TlsFiles(certificate, key)),
                        router,
                        (_, problem, _) -> Response.empty(problem.type().status()));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(made.trusting()).build();
                HttpClient plain = HttpClient.newHttpClient()) {
            URI safe = URI.create("https://localhost:" + server.port() + "/hello");
            var answer = client.send(HttpRequest.newBuilder(safe).build(), BodyHandlers.ofString());
            assertThat(answer.body()).isEqualTo("https");
            assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
            URI open = URI.create("http://127.0.0.1:" + server.localPort() + "/hello");
            var other = plain.send(HttpRequest.newBuilder(open).build(), BodyHandlers.ofString());
            assertThat(other.body()).isEqualTo("none");
            assertThat(other.headers().firstValue("Strict-Transport-Security")).isEmpty();
        }
    }

    @Test
    void followsItsFilesAndKeepsWhatWorksWhileTheyDoNot() throws Exception {
        MadeUpCertificate first = MadeUpCertificate.make(folder, "EC");
        MadeUpCertificate second = MadeUpCertificate.make(folder, "RSA");
        write(first);
        try (HttpServer server = start()) {
            second.writeCertificate(certificate);
            server.reloadCertificate();
            assertThat(get(server, first)).isEqualTo("hello");

            second.writeKey(key);
            server.reloadCertificate();
            assertThat(get(server, second)).isEqualTo("hello");
            assertThatThrownBy(() -> get(server, first)).isInstanceOf(SSLException.class);

            Files.delete(key);
            server.reloadCertificate();
            assertThat(get(server, second)).isEqualTo("hello");
        }
    }

    @Test
    void saysWhatIsWrongWithTheFiles() throws Exception {
        MadeUpCertificate made = MadeUpCertificate.make(folder, "EC");
        write(made);
        Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        assertThatThrownBy(this::start).hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
        MadeUpCertificate.make(folder, "EC").writeKey(key);
        assertThatThrownBy(this::start).hasMessageContaining("does not belong to the certificate");
        Files.delete(certificate);
        assertThatThrownBy(this::start)
                .hasMessageContaining("server.certificate")
                .hasMessageContaining("cannot be used");
    }
}
