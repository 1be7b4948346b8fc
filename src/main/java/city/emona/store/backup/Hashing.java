package city.emona.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Reads or copies file after file, and says the SHA-256 of what was read. For use by one thread. */
final class Hashing {
    private static final int BUFFER = 256 * 1024;

    private final byte[] buffer = new byte[BUFFER];
    private final Progress progress;
    private final long total;
    private long done;

    /** @param total how many bytes there will be, about */
    Hashing(Progress progress, long total) {
        this.progress = progress;
        this.total = total;
    }

    /** How many bytes went through. */
    long done() {
        return done;
    }

    /** The SHA-256 of a file, in hexadecimal. */
    String hash(Path file) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                advance(n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Copies a file so that it is on disk, and says the SHA-256 of what was copied. */
    String copy(Path from, Path to) throws IOException {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(from);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                advance(n);
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private void advance(int bytes) {
        done += bytes;
        progress.at(done, Math.max(done, total));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
