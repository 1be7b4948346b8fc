package city.emona.http;

import org.jspecify.annotations.Nullable;

/**
 * How a server listens.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any that is free
 * @param maxBodyBytes how large a request's body may be
 * @param maxWaiting how many requests may be in work on virtual threads at once; more are answered 503
 * @param stopMillis how long a stop waits for the requests in work
 * @param tls who the server proves to be over TLS; null to speak without it
 */
public record HttpServerConfig(
        String host,
        int port,
        int maxBodyBytes,
        int maxWaiting,
        long stopMillis,
        @Nullable TlsFiles tls) {
    /** On a port of this machine alone, with bounds that suit a city. */
    public static HttpServerConfig onLoopback(int port) {
        return new HttpServerConfig("127.0.0.1", port, 16 * 1024 * 1024, 4_096, 10_000, null);
    }

    /** The same on another address. */
    public HttpServerConfig withHost(String changed) {
        return new HttpServerConfig(changed, port, maxBodyBytes, maxWaiting, stopMillis, tls);
    }

    /** The same with another bound on bodies. */
    public HttpServerConfig withMaxBodyBytes(int changed) {
        return new HttpServerConfig(host, port, changed, maxWaiting, stopMillis, tls);
    }

    /** The same over TLS. */
    public HttpServerConfig withTls(TlsFiles files) {
        return new HttpServerConfig(host, port, maxBodyBytes, maxWaiting, stopMillis, files);
    }
}
