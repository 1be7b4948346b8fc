package city.emona.http;

import java.io.IOException;
import java.security.KeyStore;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who the server proves to be; it follows its files. Connections that are open stay as they are. */
final class TlsIdentity implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsIdentity.class);
    private static final long LOOK_MILLIS = 5_000;

    private final TlsFiles files;
    private final SslContextFactory.Server factory = new SslContextFactory.Server();
    private final Thread thread;
    private String seen = "";
    private boolean closed;

    /** @throws IllegalStateException when the files cannot be used */
    TlsIdentity(TlsFiles files) {
        this.files = files;
        try {
            seen = files.look();
        } catch (IOException e) {
            LOG.debug("The files are told of when they are read", e);
        }
        put(files.read(), factory);
        factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
        this.thread = Thread.ofVirtual().name("tls-files").start(this::follow);
    }

    private static void put(KeyStore store, SslContextFactory.Server target) {
        target.setKeyStore(store);
        target.setKeyStorePassword(new String(TlsFiles.NO_PASSWORD));
    }

    SslContextFactory.Server factory() {
        return factory;
    }

    private synchronized void follow() {
        while (!closed) {
            try {
                wait(LOOK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
            if (!closed) {
                reloadIfChanged();
            }
        }
    }

    /** Takes the files if they are others than before; what cannot be used, such as one half replaced, is left until it changes. */
    synchronized void reloadIfChanged() {
        try {
            String look = files.look();
            if (look.equals(seen)) {
                return;
            }
            seen = look;
            KeyStore store = files.read();
            factory.reload(changed -> put(store, factory));
            LOG.info("The certificate in {} is used from now on", files.certificate());
        } catch (Exception e) {
            LOG.error("The certificate stays the one before: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
