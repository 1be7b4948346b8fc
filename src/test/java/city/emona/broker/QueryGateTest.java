package city.emona.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class QueryGateTest {
    private static final long HEAVY = QueryGate.LIGHT_STEPS + 1;

    private static ProblemType typeOf(Throwable problem) {
        return ((Problem) problem).type();
    }

    @Test
    void refusesWhatCostsTooMuchBeforeItBegins() {
        AtomicBoolean begun = new AtomicBoolean();
        try (QueryGate gate = new QueryGate(1_000_000, Duration.ofSeconds(5))) {
            assertThatThrownBy(() -> gate.run(1_000_001, () -> begun.getAndSet(true)))
                    .satisfies(p -> assertThat(typeOf(p)).isEqualTo(ProblemType.TOO_COMPLEX_QUERY))
                    .hasMessageContaining("1000000 are allowed");
        }
        assertThat(begun).isFalse();
    }

    @Test
    void runsLightQueriesAtOnceAndHeavyOnesApart() {
        try (QueryGate gate = QueryGate.standard()) {
            assertThat(gate.run(1, Thread::currentThread)).isSameAs(Thread.currentThread());
            Thread apart = gate.run(HEAVY, Thread::currentThread);
            assertThat(apart.getName()).startsWith("heavy-query-");
            assertThat(apart.isVirtual()).isFalse();
        }
    }

    @Test
    void passesOnWhatTheQueryThrows() {
        Problem problem = Problem.badRequestData("Wrong.", "Mend it.");
        try (QueryGate gate = QueryGate.standard()) {
            assertThatThrownBy(() -> gate.run(HEAVY, () -> {
                        throw problem;
                    }))
                    .isSameAs(problem);
        }
    }

    @Test
    void stopsWhatTakesTooLong() throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        try (QueryGate gate = new QueryGate(QueryGate.DEFAULT_MAX_STEPS, Duration.ofMillis(100))) {
            assertThatThrownBy(() -> gate.run(HEAVY, () -> {
                        try {
                            return new CountDownLatch(1).await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            stopped.countDown();
                            return false;
                        }
                    }))
                    .satisfies(p -> assertThat(typeOf(p)).isEqualTo(ProblemType.TOO_COMPLEX_QUERY));
            assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void refusesWhenTooManyWaitAndTakesMoreWhenTheyAreThrough() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (QueryGate gate = new QueryGate(QueryGate.DEFAULT_MAX_STEPS, Duration.ofSeconds(60), 1, 2);
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = clients.submit(() -> gate.run(HEAVY, () -> {
                running.countDown();
                await(goOn);
                return 0;
            }));
            assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
            List<Future<Integer>> others = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                int number = i;
                others.add(clients.submit(() -> answerOf(gate, number)));
            }
            // whoever waits holds a place; all others are refused at once
            long refused = 0;
            while (refused < 18) {
                refused = others.stream().filter(Future::isDone).count();
                Thread.onSpinWait();
            }
            assertThat(gate.run(1, () -> "light")).isEqualTo("light");
            goOn.countDown();
            assertThat(first.get()).isZero();
            long answered = 0;
            for (Future<Integer> other : others) {
                answered += other.get() > 0 ? 1 : 0;
            }
            assertThat(answered).isEqualTo(2);
            assertThat(gate.run(HEAVY, () -> "next")).isEqualTo("next");
        }
    }

    /** The number, or -1 when the gate refused. */
    private static int answerOf(QueryGate gate, int number) {
        try {
            return gate.run(HEAVY, () -> number);
        } catch (Problem problem) {
            assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE);
            assertThat(problem.remedy()).isNotEmpty();
            return -1;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
