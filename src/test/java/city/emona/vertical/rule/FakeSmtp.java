package city.emona.vertical.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A mail server on a free port of this machine: it takes what comes, or refuses receivers with an answer. */
final class FakeSmtp implements AutoCloseable {
    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private volatile String toReceivers = "250 OK";

    FakeSmtp() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What came, each mail with its head. */
    List<String> mails() {
        return List.copyOf(mails);
    }

    /** Answers so to every receiver from now on. */
    void answerToReceivers(String answer) {
        toReceivers = answer;
    }

    private void accept() {
        try {
            while (!socket.isClosed()) {
                Socket client = socket.accept();
                threads.execute(() -> talk(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
                PrintStream out = new PrintStream(client.getOutputStream(), true, StandardCharsets.UTF_8)) {
            say(out, "220 test");
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
                switch (verb) {
                    case "EHLO" -> say(out, "250 test");
                    case "RCPT" -> say(out, toReceivers);
                    case "DATA" -> {
                        say(out, "354 go on");
                        StringBuilder mail = new StringBuilder();
                        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
                            mail.append(text).append('\n');
                        }
                        mails.add(mail.toString());
                        say(out, "250 OK");
                    }
                    case "QUIT" -> {
                        say(out, "221 bye");
                        return;
                    }
                    default -> say(out, "250 OK");
                }
            }
        } catch (IOException _) {
            // the client went
        }
    }

    private static void say(PrintStream out, String line) {
        out.print(line + "\r\n");
        out.flush();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
