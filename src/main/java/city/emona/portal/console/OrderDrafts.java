package city.emona.portal.console;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The orders that are being made. They hold answers, secrets among them, so they stay in memory: for an hour from when they were last
 * touched, and no more than a few. Safe for use by many threads.
 */
final class OrderDrafts {
    private static final int MOST = 20;
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int TOKEN_BYTES = 16;

    private record Kept(OrderDraft draft, Instant until) {}

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Kept> kept = new LinkedHashMap<>();

    OrderDrafts(InstantSource clock) {
        this.clock = clock;
    }

    /** Keeps a draft; the token by which it is found, which nobody guesses. */
    synchronized String put(OrderDraft draft) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = HexFormat.of().formatHex(bytes);
        put(token, draft);
        return token;
    }

    /** Puts a draft in the place of the one of a token. */
    synchronized void put(String token, OrderDraft draft) {
        kept.remove(token);
        kept.put(token, new Kept(draft, clock.instant().plus(LONGEST)));
        Iterator<Kept> oldest = kept.values().iterator();
        while (oldest.hasNext()) {
            boolean isOver = oldest.next().until().isBefore(clock.instant());
            if (!isOver && kept.size() <= MOST) {
                break;
            }
            oldest.remove();
        }
    }

    synchronized Optional<OrderDraft> find(String token) {
        Kept found = kept.get(token);
        return found == null || found.until().isBefore(clock.instant()) ? Optional.empty() : Optional.of(found.draft());
    }

    synchronized void remove(String token) {
        kept.remove(token);
    }
}
