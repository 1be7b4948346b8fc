package city.emona.broker.delivery;

import static city.emona.broker.delivery.DeliveryBench.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.store.Tenant;
import city.emona.vertical.source.Wait;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How what commits ask for gets to real endpoints. */
class DeliveryEngineTest {
    private static final String PATH = "/notify";

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock();
    private final NumberOutbox outbox = new NumberOutbox();
    private final Receiver receiver = new Receiver();

    @BeforeEach
    void subscribe() {
        outbox.subscribe("s1", receiver.url(PATH));
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    private DeliveryBench bench(DeliverySettings settings) {
        return new DeliveryBench(folder, clock, outbox, settings);
    }

    private DeliveryBench bench() {
        return bench(DeliverySettings.DEFAULT);
    }

    private void awaitTaken(int count) {
        Wait.until(() -> receiver.taken().size() >= count);
    }

    private void awaitAttempts(int count) {
        Wait.until(() -> receiver.attempts().size() >= count);
    }

    private static void awaitCircuit(DeliveryBench bench, Circuit circuit) {
        Wait.until(() -> bench.endpoint().circuit() == circuit);
    }

    @Test
    void bringsEveryCommitInOrderOnOneConnection() {
        try (DeliveryBench bench = bench()) {
            bench.commit(200);
            awaitTaken(200);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 200));
            assertThat(receiver.attempts())
                    .extracting(Receiver.Received::from)
                    .containsOnly(receiver.attempts().getFirst().from());
            Wait.until(() -> bench.endpoint().pending() == 0);
            assertThat(bench.endpoint().sent()).isEqualTo(200);
            assertThat(bench.endpoint().lagMillis()).isZero();
        }
    }

    @Test
    void triesAgainAfterPausesThatGrow() {
        receiver.answer(Receiver.Answer.status(503));
        try (DeliveryBench bench = bench()) {
            bench.commit(3);
            long expected = 1_000;
            for (int attempt = 1; attempt <= 12; attempt++) {
                awaitAttempts(attempt);
                awaitCircuit(bench, Circuit.OPEN);
                long pause = bench.endpoint().nextTryAt() - clock.millis();
                assertThat(pause).isBetween(expected * 8 / 10, expected * 12 / 10);
                clock.forward(Duration.ofMillis(pause));
                expected = Math.min(2 * expected, 300_000);
            }
            assertThat(bench.endpoint().lastReason()).isEqualTo("The receiver answered with status 503.");
            receiver.answer(Receiver.Answer.status(200));
            clock.forward(Duration.ofMinutes(10));
            awaitTaken(3);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 3));
            awaitCircuit(bench, Circuit.CLOSED);
            assertThat(outbox.failures()).contains("The receiver answered with status 503.");
        }
    }

    @Test
    void triesNothingBeforeThePauseIsOver() {
        receiver.answer(Receiver.Answer.status(500));
        try (DeliveryBench bench = bench()) {
            bench.commit(1);
            awaitCircuit(bench, Circuit.OPEN);
            receiver.answer(Receiver.Answer.status(200));
            bench.commit(5);
            Wait.until(() -> bench.endpoint().pending() == 6);
            clock.forward(Duration.ofMillis(bench.endpoint().nextTryAt() - clock.millis() - 1));
            assertThat(receiver.attempts()).hasSize(1);
            clock.forward(Duration.ofMillis(1));
            awaitTaken(6);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 6));
        }
    }

    @Test
    void leavesAnEndpointAloneForAsLongAsItOrTheSubscriptionWants() {
        receiver.answer((exchange, _) -> {
            exchange.getResponseHeaders().set("Retry-After", "40");
            return 429;
        });
        try (DeliveryBench bench = bench()) {
            bench.commit(1);
            awaitCircuit(bench, Circuit.OPEN);
            assertThat(bench.endpoint().nextTryAt() - clock.millis()).isEqualTo(40_000);
            outbox.cooldown(Duration.ofSeconds(70));
            clock.forward(Duration.ofSeconds(40));
            awaitAttempts(2);
            Wait.until(() -> bench.endpoint().nextTryAt() - clock.millis() == 70_000);
        }
    }

    @Test
    void anOperatorCanHaveAnEndpointTriedAtOnce() {
        receiver.answer(Receiver.Answer.status(500));
        try (DeliveryBench bench = bench()) {
            bench.commit(1);
            awaitCircuit(bench, Circuit.OPEN);
            receiver.answer(Receiver.Answer.status(200));
            bench.engine().tryNow(bench.endpoint().id());
            awaitTaken(1);
            assertThatThrownBy(() -> bench.engine().tryNow("nobody")).isInstanceOf(Problem.class);
        }
    }

    @Test
    void sendsNothingToAnEndpointThatIsHeldAcrossRestartsUntilItIsResumed() {
        try (DeliveryBench bench = bench()) {
            bench.commit(2);
            awaitTaken(2);
            String id = bench.endpoint().id();
            bench.engine().hold(id);
            assertThat(bench.endpoint().heldSince()).isEqualTo(clock.millis());
            bench.commit(3);
            Wait.until(() -> bench.endpoint().pending() == 3);
            bench.engine().tryNow(id);
            bench.restart();
            Wait.until(() -> bench.endpoint().pending() == 3);
            assertThat(bench.endpoint().heldSince()).isNotZero();
            assertThat(receiver.count()).isEqualTo(2);
            bench.engine().resume(id);
            awaitTaken(5);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 5));
            assertThat(bench.endpoint().heldSince()).isZero();
            assertThatThrownBy(() -> bench.engine().hold("nobody")).isInstanceOf(Problem.class);
        }
    }

    @Test
    void putsWhatIsRefusedAmongTheDeadLettersAndGoesOn() {
        receiver.answer((_, body) -> body.equals("2") ? 400 : 200);
        try (DeliveryBench bench = bench()) {
            bench.commit(3);
            awaitTaken(2);
            assertThat(receiver.taken()).containsExactly("1", "3");
            DeadLetter letter = bench.engine().listDeadLetters("", 0, 10).getFirst();
            assertThat(letter.reason()).isEqualTo("The receiver answered with status 400.");
            assertThat(letter.attempts()).isEqualTo(1);
            assertThat(letter.at()).isEqualTo(clock.millis());
            assertThat(letter.subscriptionId()).isEqualTo("s1");
            assertThat(letter.endpointId()).isEqualTo(bench.endpoint().id());
            assertThat(letter.contentType()).isEqualTo("text/plain");
            assertThat(new String(letter.body(), StandardCharsets.UTF_8)).isEqualTo("2");
            assertThat(bench.endpoint().circuit()).isEqualTo(Circuit.CLOSED);

            bench.restart();
            bench.engine().retryDeadLetter(letter.id());
            Wait.until(() -> receiver.attempts().size() == 4);
            Wait.until(
                    () -> bench.engine().listDeadLetters("", 0, 10).getFirst().attempts() == 2);

            receiver.answer(Receiver.Answer.status(200));
            assertThat(bench.engine().retryDeadLetters(letter.endpointId())).isEqualTo(1);
            awaitTaken(3);
            assertThat(receiver.taken()).containsExactly("1", "3", "2");
            Wait.until(() -> bench.engine().countDeadLetters() == 0);
        }
    }

    @Test
    void keepsTheNewestDeadLettersAndCountsTheOthers() {
        receiver.answer(Receiver.Answer.status(410));
        try (DeliveryBench bench = bench(DeliverySettings.DEFAULT.withMaxDeadLetters(5, 1_000_000))) {
            bench.commit(12);
            Wait.until(() -> bench.endpoint().refused() == 12 && bench.engine().countDroppedDeadLetters() == 7);
            assertThat(bench.engine().listDeadLetters("", 0, 100))
                    .extracting(letter -> new String(letter.body(), StandardCharsets.UTF_8))
                    .isEqualTo(numbers(8, 12));
            bench.restart();
            assertThat(bench.engine().countDroppedDeadLetters()).isEqualTo(7);
            DeadLetter first = bench.engine().listDeadLetters("", 0, 1).getFirst();
            bench.engine().deleteDeadLetter(first.id());
            assertThatThrownBy(() -> bench.engine().deleteDeadLetter(first.id()))
                    .isInstanceOf(Problem.class);
            assertThat(bench.engine().deleteDeadLetters(first.endpointId())).isEqualTo(4);
            assertThat(bench.engine().listDeadLetters("", 0, 1)).isEmpty();
        }
    }

    @Test
    void givesUpWhatWasTriedForLongerThanTheRetention() {
        receiver.answer(Receiver.Answer.status(502));
        try (DeliveryBench bench = bench(DeliverySettings.DEFAULT.withRetention(Duration.ofHours(1)))) {
            bench.commit(3);
            awaitCircuit(bench, Circuit.OPEN);
            clock.forward(Duration.ofMinutes(50));
            awaitAttempts(2);
            awaitCircuit(bench, Circuit.OPEN);
            bench.commit(2);
            clock.forward(Duration.ofMinutes(15));
            Wait.until(() -> bench.engine().countDeadLetters() == 3);
            assertThat(bench.engine().listDeadLetters("", 0, 10))
                    .extracting(DeadLetter::reason)
                    .containsOnly(
                            "Nothing was taken since 2026-11-23T08:00:00Z: The receiver answered with status 502.");
            // the first of those that are left was tried too; a pause begins when an attempt has ended
            Wait.until(() -> bench.endpoint().failed() == 3);
            receiver.answer(Receiver.Answer.status(200));
            clock.forward(Duration.ofMinutes(10));
            awaitTaken(2);
            assertThat(receiver.taken()).isEqualTo(numbers(4, 5));
        }
    }

    @Test
    void aFullQueueReadsTheLogWhenItHasRoomAgain() throws InterruptedException {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.answer((_, _) -> {
            gate.await();
            return 200;
        });
        try (DeliveryBench bench = bench(DeliverySettings.DEFAULT.withQueueLength(10))) {
            bench.commit(300);
            Wait.until(() -> bench.endpoint().pending() == 300);
            assertThat(bench.engine().countHeld()).isLessThanOrEqualTo(10);
            gate.countDown();
            awaitTaken(300);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 300));
            bench.commit(5);
            awaitTaken(305);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 305));
            Wait.until(() -> bench.endpoint().pending() == 0);
        }
    }

    @Test
    void anEndpointThatFailsKeepsOneMessageInMemory() {
        receiver.answer(Receiver.Answer.status(503));
        try (DeliveryBench bench = bench()) {
            bench.commit(500);
            awaitCircuit(bench, Circuit.OPEN);
            Wait.until(() -> bench.endpoint().pending() == 500);
            assertThat(bench.engine().countHeld()).isEqualTo(1);
            receiver.answer(Receiver.Answer.status(200));
            clock.forward(Duration.ofSeconds(5));
            awaitTaken(500);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 500));
        }
    }

    @Test
    void goesOnAfterARestartWithoutLossAndInOrder() {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.answer((_, body) -> {
            if (body.equals("51")) {
                gate.await();
                return 503;
            }
            return 200;
        });
        try (DeliveryBench bench = bench()) {
            bench.commit(100);
            awaitTaken(50);
            gate.countDown();
            awaitCircuit(bench, Circuit.OPEN);
            bench.restart();
            assertThat(bench.endpoint().pending()).isEqualTo(50);
            assertThat(bench.endpoint().sent()).isEqualTo(50);
            awaitCircuit(bench, Circuit.OPEN);
            receiver.answer(Receiver.Answer.status(200));
            bench.commit(20);
            clock.forward(Duration.ofSeconds(5));
            awaitTaken(120);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 120));
        }
    }

    @Test
    void sendsAgainFromAPositionAndFromATime() {
        try (DeliveryBench bench = bench()) {
            bench.commit(10);
            awaitTaken(10);
            clock.forward(Duration.ofMinutes(1));
            long time = clock.millis();
            long end = bench.store.logEnd();
            bench.commit(5);
            awaitTaken(15);
            Wait.until(() -> bench.endpoint().pending() == 0);
            String id = bench.endpoint().id();
            assertThat(bench.engine().replayEndpoint(id, new ReplayStart.FromTime(time)))
                    .isTrue();
            bench.commit(1);
            awaitTaken(21);
            assertThat(receiver.taken().subList(15, 21)).isEqualTo(numbers(11, 16));

            Wait.until(() -> bench.endpoint().pending() == 0);
            assertThat(bench.engine().replayEndpoint(id, new ReplayStart.FromPosition(end)))
                    .isTrue();
            awaitTaken(28);
            assertThat(receiver.taken().subList(21, 28)).isEqualTo(numbers(10, 16));
            assertThat(bench.engine().replayEndpoint(id, new ReplayStart.FromTime(time + 1_000_000)))
                    .isFalse();
        }
    }

    @Test
    void sendsAgainToOneSubscriptionAlone() {
        outbox.subscribe("s2", receiver.url(PATH));
        try (DeliveryBench bench = bench()) {
            bench.commit(10);
            awaitTaken(20);
            Wait.until(() -> bench.endpoint().pending() == 0);
            receiver.answer(Receiver.Answer.status(503));
            assertThat(bench.engine().replaySubscription(Tenant.DEFAULT, "s2", new ReplayStart.FromPosition(0)))
                    .isTrue();
            awaitCircuit(bench, Circuit.OPEN);
            bench.restart();
            awaitCircuit(bench, Circuit.OPEN);
            receiver.answer(Receiver.Answer.status(200));
            clock.forward(Duration.ofSeconds(5));
            awaitTaken(30);
            bench.commit(1);
            awaitTaken(32);
            assertThat(receiver.taken().subList(20, 32))
                    .startsWith("1", "2", "3")
                    .endsWith("10", "11", "11");
            assertThat(receiver.attempts().subList(20, 20 + 11))
                    .extracting(received -> received.headers().getFirst("Subscription"))
                    .containsOnly("s2");
            assertThat(bench.engine().replaySubscription(Tenant.DEFAULT, "nobody", new ReplayStart.FromPosition(0)))
                    .isFalse();
        }
    }

    @Test
    void shortensTheLogToWhatMayBeSentAgain() {
        try (DeliveryBench bench = bench()) {
            bench.commit(10);
            awaitTaken(10);
            long old = bench.store.logEnd();
            clock.forward(Duration.ofHours(25));
            bench.commit(5);
            awaitTaken(15);
            Wait.until(() -> bench.endpoint().pending() == 0);
            bench.engine().tidy();
            assertThat(bench.store.logBegin()).isGreaterThan(old);
            assertThat(bench.engine().replayEndpoint(bench.endpoint().id(), new ReplayStart.FromPosition(0)))
                    .isTrue();
            awaitTaken(20);
            assertThat(receiver.taken().subList(15, 20)).isEqualTo(numbers(11, 15));
        }
    }

    @Test
    void keepsTheLogForThoseWhoNeedItButNotForEver() {
        CountDownLatch gate = new CountDownLatch(1);
        receiver.answer((_, _) -> {
            gate.await();
            return 200;
        });
        try (DeliveryBench bench = bench(DeliverySettings.DEFAULT.withQueueLength(2))) {
            bench.commit(10);
            Wait.until(() -> bench.endpoint().pending() == 10);
            long begin = bench.store.logBegin();
            clock.forward(Duration.ofHours(47));
            bench.engine().tidy();
            assertThat(bench.store.logBegin()).isEqualTo(begin);
            assertThat(bench.endpoint().lagMillis())
                    .isEqualTo(Duration.ofHours(47).toMillis());
            clock.forward(Duration.ofHours(2));
            bench.commit(1);
            bench.engine().tidy();
            gate.countDown();
            awaitTaken(3);
            assertThat(receiver.taken()).containsExactly("1", "2", "11");
            Wait.until(() -> bench.endpoint().pending() == 0);
        }
    }

    @Test
    void forgetsAnEndpointThatIsOutOfUse() {
        try (DeliveryBench bench = bench()) {
            bench.commit(1);
            awaitTaken(1);
            Wait.until(() -> bench.endpoint().pending() == 0);
            bench.engine().tidy();
            assertThat(bench.engine().listEndpoints()).hasSize(1);
            clock.forward(Duration.ofHours(25));
            bench.engine().tidy();
            assertThat(bench.engine().listEndpoints()).isEmpty();
            bench.commit(1);
            awaitTaken(2);
            bench.restart();
            assertThat(bench.endpoint().sent()).isEqualTo(1);
        }
    }

    @Test
    void keepsToARate() {
        try (DeliveryBench bench = bench(DeliverySettings.DEFAULT.withMessagesPerSecond(5))) {
            bench.commit(12);
            awaitTaken(5);
            Wait.until(() -> bench.endpoint().pending() == 7);
            clock.forward(Duration.ofMillis(200));
            awaitTaken(6);
            clock.forward(Duration.ofSeconds(1));
            awaitTaken(11);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 11));
            clock.forward(Duration.ofMillis(200));
            awaitTaken(12);
        }
    }

    @Test
    void leavesPeriodicMessagesOutWhileAnEndpointFails() {
        try (DeliveryBench bench = bench()) {
            assertThat(bench.engine().offer(outbox.periodic("s1", "tick"))).isTrue();
            awaitTaken(1);
            receiver.answer(Receiver.Answer.status(500));
            assertThat(bench.engine().offer(outbox.periodic("s1", "tock"))).isTrue();
            awaitCircuit(bench, Circuit.OPEN);
            assertThat(bench.engine().offer(outbox.periodic("s1", "tack"))).isFalse();
            receiver.answer(Receiver.Answer.status(200));
            clock.forward(Duration.ofSeconds(5));
            bench.commit(1);
            awaitTaken(2);
            assertThat(receiver.taken()).containsExactly("tick", "1");
            assertThat(bench.endpoint().dropped()).isEqualTo(2);
        }
    }

    @Test
    void sendsNothingToThoseWhoNoLongerWantIt() {
        receiver.answer(Receiver.Answer.status(500));
        try (DeliveryBench bench = bench()) {
            bench.commit(3);
            awaitCircuit(bench, Circuit.OPEN);
            outbox.unsubscribe("s1");
            clock.forward(Duration.ofSeconds(5));
            Wait.until(() -> bench.endpoint().pending() == 0);
            assertThat(receiver.attempts()).hasSize(1);
        }
    }

    @Test
    void aDeadAndASlowEndpointDelayNobodyElse() {
        CountDownLatch gate = new CountDownLatch(1);
        try (Receiver slow = new Receiver();
                DeliveryBench bench = bench()) {
            slow.answer((_, _) -> {
                gate.await();
                return 200;
            });
            String nobody;
            try (Receiver gone = new Receiver()) {
                nobody = gone.url("/");
            }
            outbox.subscribe("a-slow", slow.url("/")).subscribe("b-dead", nobody);
            bench.commit(300);
            awaitTaken(300);
            assertThat(receiver.taken()).isEqualTo(numbers(1, 300));
            assertThat(slow.taken()).isEmpty();
            assertThat(bench.engine().listEndpoints())
                    .filteredOn(state -> state.circuit() == Circuit.OPEN)
                    .singleElement()
                    .satisfies(state -> {
                        assertThat(state.address()).isEqualTo(nobody);
                        assertThat(state.lastReason()).isEqualTo("The endpoint does not accept connections.");
                    });
            gate.countDown();
            Wait.until(() -> slow.taken().size() == 300);
            assertThat(slow.taken()).isEqualTo(numbers(1, 300));
        }
    }

    @Test
    void neverShowsAPassword() {
        outbox.unsubscribe("s1");
        outbox.subscribe("s1", receiver.url(PATH).replace("http://", "http://ana:geheim@"));
        receiver.answer(Receiver.Answer.status(403));
        try (DeliveryBench bench = bench()) {
            bench.commit(1);
            Wait.until(() -> bench.engine().countDeadLetters() == 1);
            assertThat(receiver.attempts().getFirst().headers().getFirst("Authorization"))
                    .isEqualTo("Basic YW5hOmdlaGVpbQ==");
            List<Object> shown = List.of(bench.endpoint(), bench.engine().listDeadLetters("", 0, 1), outbox.failures());
            assertThat(shown.toString()).contains("ana:***@localhost").doesNotContain("geheim");
        }
    }
}
