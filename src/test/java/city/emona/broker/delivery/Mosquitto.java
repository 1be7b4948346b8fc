package city.emona.broker.delivery;

import city.emona.vertical.source.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real broker of MQTT in a process of its own, with a user, and TLS beside the plain port. */
public final class Mosquitto implements AutoCloseable {
    public static final String USER = "ana";
    public static final String PASSWORD = "ge/heim";

    private final Path folder;
    private final String program;
    private final int port = freePort();
    private final int securePort = freePort();
    private Process process;

    public Mosquitto(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        // Debian puts it where only the administrator's shell looks
        this.program = Files.isExecutable(Path.of("/usr/sbin/mosquitto")) ? "/usr/sbin/mosquitto" : "mosquitto";
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                "server.p12",
                "-storetype",
                "PKCS12",
                "-storepass",
                "changeit",
                "-validity",
                "2");
        run("openssl", "pkcs12", "-in", "server.p12", "-passin", "pass:changeit", "-nokeys", "-out", "server.crt");
        run(
                "openssl",
                "pkcs12",
                "-in",
                "server.p12",
                "-passin",
                "pass:changeit",
                "-nodes",
                "-nocerts",
                "-out",
                "server.key");
        run("mosquitto_passwd", "-c", "-b", "users", USER, PASSWORD);
        Files.writeString(folder.resolve("acl"), "user ana\ntopic readwrite city/#\n");
        Files.writeString(folder.resolve("mosquitto.conf"), """
                user root
                allow_anonymous false
                password_file %1$s/users
                acl_file %1$s/acl
                listener %2$d 127.0.0.1
                listener %3$d 127.0.0.1
                certfile %1$s/server.crt
                keyfile %1$s/server.key
                """.formatted(folder, port, securePort));
        process = start();
    }

    private Process start() throws IOException {
        Process started = new ProcessBuilder(
                        program, "-c", folder.resolve("mosquitto.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("mosquitto.log").toFile()))
                .start();
        Wait.until(() -> isListening(started));
        return started;
    }

    private boolean isListening(Process started) {
        if (!started.isAlive()) {
            throw new AssertionError("mosquitto has ended; its log is in " + folder);
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("setup.log");
        Process tool = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        if (!tool.waitFor(30, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new AssertionError(List.of(command) + " failed: " + Files.readString(log));
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the broker, as a power cut would. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again on the same ports. */
    public void startAgain() throws IOException {
        process = start();
    }

    public String address(String topic) {
        return "mqtt://ana:ge%2Fheim@localhost:" + port + "/" + topic;
    }

    public String secureAddress(String topic) {
        return "mqtts://ana:ge%2Fheim@localhost:" + securePort + "/" + topic;
    }

    public int port() {
        return port;
    }

    /** The certificate that its clients have to trust. */
    public Path certificate() {
        return folder.resolve("server.crt");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
