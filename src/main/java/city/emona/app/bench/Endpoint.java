package city.emona.app.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * A broker's address, and the requests that go there.
 *
 * @param name how the table calls it
 * @param base scheme, host, port and an optional path before /ngsi-ld/v1
 */
record Endpoint(String name, URI base) {
    Endpoint {
        if (!"http".equals(base.getScheme()) || base.getHost() == null) {
            throw new IllegalArgumentException("»" + base + "« is no address like http://localhost:9090.");
        }
        try {
            if (!InetAddress.getByName(base.getHost()).isLoopbackAddress()) {
                throw new IllegalArgumentException(
                        base + " is not on this machine, and the benchmark loads loopback addresses only.");
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("There is no host " + base.getHost() + ".", e);
        }
    }

    static Endpoint onPort(String name, int port) {
        return new Endpoint(name, URI.create("http://127.0.0.1:" + port));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(base.getHost(), base.getPort() < 0 ? 80 : base.getPort());
    }

    URI resolve(String path) {
        return URI.create(base.toString().replaceFirst("/+$", "") + path);
    }

    /** The head of a request without a body. */
    byte[] head(String method, String path) {
        return head(method, path, "");
    }

    /** The head of a request with a JSON body. */
    byte[] head(String method, String path, int bodyLength) {
        return head(method, path, "Content-Type: application/json\r\nContent-Length: " + bodyLength + "\r\n");
    }

    private byte[] head(String method, String path, String more) {
        URI address = resolve(path);
        String target = address.getRawPath() + (address.getRawQuery() == null ? "" : "?" + address.getRawQuery());
        return (method + " " + target + " HTTP/1.1\r\nHost: " + address.getAuthority()
                        + "\r\nAccept: application/json\r\n" + more + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
