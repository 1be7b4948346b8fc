package city.emona.access;

import city.emona.json.Json;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who is signed in, in which browser. A session is known by the hash of a secret that only the browser has; it ends when it was not used for
 * some hours, and in any case after a working day. Safe for use by many threads; looking one up never waits.
 */
final class Sessions {
    /** After which time without use a session ends. */
    static final Duration IDLE = Duration.ofHours(2);

    /** After which time a session ends. */
    static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST_PER_ACCOUNT = 20;

    private final AccessDocuments documents;
    private final InstantSource clock;
    private final Map<String, Session> byHash = new ConcurrentHashMap<>();

    /** One session. */
    private record Session(String hash, String account, long openedAt, AtomicLong usedAt, AtomicLong savedAt) {
        static Session of(String hash, String account, long openedAt, long usedAt) {
            return new Session(hash, account, openedAt, new AtomicLong(usedAt), new AtomicLong(usedAt));
        }

        boolean isOver(long now) {
            return now - usedAt.get() >= IDLE.toMillis() || now - openedAt >= LONGEST.toMillis();
        }

        ObjectNode json() {
            return Json.object()
                    .put("hash", hash)
                    .put("account", account)
                    .put("openedAt", openedAt)
                    .put("usedAt", usedAt.get());
        }

        static Session read(JsonNode json) {
            return of(
                    json.path("hash").asString(),
                    json.path("account").asString(),
                    json.path("openedAt").asLong(),
                    json.path("usedAt").asLong());
        }
    }

    Sessions(ContextStore store, InstantSource clock) {
        this.documents = new AccessDocuments(store, "session");
        this.clock = clock;
        documents.readAll(Session::read).forEach(session -> byHash.put(session.hash(), session));
    }

    /** Opens a session, and gives its secret. */
    String open(String account) {
        String secret = Tokens.draw();
        long now = clock.millis();
        Session session = Session.of(Tokens.hash(secret), account, now, now);
        List<Session> others = of(account);
        end(others.subList(0, Math.max(0, others.size() - MOST_PER_ACCOUNT + 1)));
        documents.write(session.hash(), session.json());
        byHash.put(session.hash(), session);
        return secret;
    }

    private List<Session> of(String account) {
        return byHash.values().stream()
                .filter(session -> session.account().equals(account))
                .sorted(Comparator.comparingLong(Session::openedAt))
                .toList();
    }

    /** The id of the account whose session has a secret; the session is used by this. */
    Optional<String> use(String secret) {
        Session session = byHash.get(Tokens.hash(secret));
        long now = clock.millis();
        if (session == null || session.isOver(now)) {
            return Optional.empty();
        }
        session.usedAt().set(now);
        return Optional.of(session.account());
    }

    /** Ends a session. */
    void close(String secret) {
        Optional.ofNullable(byHash.get(Tokens.hash(secret))).ifPresent(session -> end(List.of(session)));
    }

    /** Ends all sessions of an account. */
    void closeAll(String account) {
        end(of(account));
    }

    int count(String account) {
        long now = clock.millis();
        return (int)
                of(account).stream().filter(session -> !session.isOver(now)).count();
    }

    /** Writes down when sessions were last used, and forgets those that are over. */
    void save() {
        long now = clock.millis();
        end(byHash.values().stream().filter(session -> session.isOver(now)).toList());
        List<DocumentWrite> writes = new ArrayList<>();
        Predicate<Session> isNews =
                session -> session.savedAt().get() != session.usedAt().get();
        byHash.values().stream().filter(isNews).forEach(session -> {
            session.savedAt().set(session.usedAt().get());
            writes.add(documents.change(session.hash(), session.json()));
        });
        documents.commit(writes);
    }

    private void end(List<Session> sessions) {
        // first here, so that they are over even when the disk is full
        sessions.forEach(session -> byHash.remove(session.hash()));
        documents.commit(sessions.stream()
                .map(session -> documents.change(session.hash(), null))
                .toList());
    }
}
