package city.emona.app.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
    private static final String PLAIN = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\ncontent-length: 5\r\n\r\nLjulj";
    private static final String CHUNKED =
            "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nLjubl\r\nA\r\njana, mest\r\n1\r\no\r\n0\r\n\r\n";

    @Test
    void readsAnAnswerWithALength() throws IOException {
        Answer answer = readWhole(PLAIN);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("Ljulj");
    }

    @Test
    void putsChunksTogether() throws IOException {
        Answer answer = readWhole(CHUNKED);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(text(answer)).isEqualTo("Ljubljana, mesto");
    }

    @Test
    void readsAnAnswerThatComesByteByByte() throws IOException {
        for (String whole : new String[] {PLAIN, CHUNKED}) {
            AnswerReader reader = new AnswerReader();
            ReadableByteChannel slow = oneByteAtATime(whole);
            Answer answer = null;
            int reads = 0;
            while (answer == null) {
                answer = reader.read(slow);
                reads++;
            }
            assertThat(reads).isEqualTo(whole.length());
            assertThat(text(answer)).startsWith("Lju");
        }
    }

    @Test
    void readsOneAnswerAfterTheOther() throws IOException {
        AnswerReader reader = new AnswerReader();
        assertThat(reader.read(channel(CHUNKED))).isNotNull();
        Answer second = requireNonNull(reader.read(channel("HTTP/1.1 204 No Content\r\n\r\n")));
        assertThat(second.status()).isEqualTo(204);
        assertThat(second.bodyLength()).isZero();
    }

    @Test
    void growsWithALargeAnswer() throws IOException {
        String body = "č".repeat(100_000);
        AnswerReader reader = new AnswerReader();
        ReadableByteChannel channel = channel("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + body);
        Answer answer = null;
        while (answer == null) {
            answer = reader.read(channel);
        }
        assertThat(text(answer)).isEqualTo(body);
    }

    @Test
    void refusesWhatIsNoAnswer() {
        assertThatThrownBy(() -> readWhole("SSH-2.0-OpenSSH_9.2 is no web server\r\n\r\n"))
                .hasMessage("the answer is not HTTP/1.1");
        assertThatThrownBy(() -> readWhole("HTTP/1.1 200 OK\r\n\r\n")).hasMessageContaining("tells no length");
        assertThatThrownBy(() -> readWhole(PLAIN + "more")).hasMessage("4 bytes follow the answer");
        assertThatThrownBy(() -> readWhole("")).hasMessage("the server closed the connection");
    }

    private static Answer readWhole(String whole) throws IOException {
        return requireNonNull(new AnswerReader().read(channel(whole)));
    }

    private static String text(Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static ReadableByteChannel channel(String text) {
        return Channels.newChannel(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ReadableByteChannel oneByteAtATime(String text) {
        ByteArrayInputStream bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new ReadableByteChannel() {
            @Override
            public int read(ByteBuffer into) {
                int next = bytes.read();
                if (next < 0) {
                    return -1;
                }
                into.put((byte) next);
                return 1;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
