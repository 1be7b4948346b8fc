package city.emona.portal.console;

import static org.assertj.core.api.Assertions.assertThat;

import city.emona.vertical.life.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderDraftsTest {
    private Instant now = Instant.parse("2026-11-25T08:00:00Z");
    private final OrderDrafts drafts = new OrderDrafts(() -> now);
    private final OrderDraft draft = OrderDraft.of(Order.of(Order.Action.REMOVE, "fountains"));

    @Test
    void keepsADraftForAnHourFromItsLastTouch() {
        String token = drafts.put(draft);
        now = now.plus(Duration.ofMinutes(50));
        drafts.put(token, draft);
        now = now.plus(Duration.ofMinutes(59));
        assertThat(drafts.find(token)).contains(draft);
        now = now.plus(Duration.ofMinutes(2));
        assertThat(drafts.find(token)).isEmpty();
    }

    @Test
    void keepsTheNewestOfMany() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            tokens.add(drafts.put(draft));
        }
        assertThat(tokens.stream().filter(token -> drafts.find(token).isPresent()))
                .containsExactlyElementsOf(tokens.subList(5, 25));
    }

    @Test
    void forgetsWhatIsCarriedOut() {
        String token = drafts.put(draft);
        drafts.remove(token);
        assertThat(drafts.find(token)).isEmpty();
        assertThat(drafts.find("")).isEmpty();
    }
}
