package city.emona.vertical.rule;

import city.emona.broker.Broker;
import city.emona.broker.live.LiveEvent;
import city.emona.broker.live.LiveHub;
import city.emona.broker.live.LiveQuery;
import city.emona.broker.live.LiveReceiver;
import city.emona.broker.live.LiveStream;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.TypeSelection;
import city.emona.store.ContextStore;
import city.emona.store.Tenant;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies the rules of the verticals to what happens in the city. It follows the log of commits like any other stream, on a thread of its
 * own, so no commit waits for it; where it falls behind, it judges the state that entities have by then. At the start it judges all entities
 * that rules are about, so whatever holds then is found, however the program ended before.
 */
public final class RuleEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleEngine.class);
    private static final int MAX_WAITING = 1_000;
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final ContextStore store;
    private final Broker broker;
    private final LiveHub live;
    private final InstantSource clock;
    private @Nullable Run run;

    public RuleEngine(ContextStore store, Broker broker, LiveHub live, InstantSource clock) {
        this.store = store;
        this.broker = broker;
        this.live = live;
        this.clock = clock;
    }

    /** Applies the rules of these verticals from now on, and no others. */
    public synchronized void apply(Verticals verticals) {
        stop();
        List<Watch> watches = new ArrayList<>();
        for (Vertical vertical : verticals.list()) {
            vertical.rules().forEach(rule -> watches.add(new Watch(vertical, rule)));
        }
        Run next = new Run(watches);
        run = next;
        next.start();
    }

    /** Applies no rules any more. */
    @Override
    public synchronized void close() {
        stop();
    }

    private void stop() {
        Run running = run;
        if (running != null) {
            running.stop();
            run = null;
        }
    }

    /** One set of rules at work. */
    private final class Run {
        private final BlockingQueue<LiveEvent> inbox = new ArrayBlockingQueue<>(MAX_WAITING);
        private final RuleMachine machine;
        private final Thread thread = Thread.ofPlatform().name("rules").daemon().unstarted(this::work);
        private final Set<String> unseen = new HashSet<>();
        private boolean beginning = true;
        private volatile boolean closed;
        private volatile boolean broken;
        private volatile @Nullable LiveStream stream;

        Run(List<Watch> watches) {
            BrokerCity city = new BrokerCity(broker);
            AlertBook book = new AlertBook(store, broker, city);
            machine = new RuleMachine(watches, city, book);
            book.recall(watches, machine);
        }

        void start() {
            if (!machine.types().isEmpty()) {
                thread.start();
            }
        }

        void stop() {
            closed = true;
            LiveStream open = stream;
            if (open != null) {
                open.close();
            }
            // wakes the thread where it waits
            var _ = inbox.offer(new LiveEvent.Mark(LiveEvent.NONE));
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void work() {
            try {
                while (!closed) {
                    try {
                        follow();
                    } catch (RuntimeException e) {
                        LOG.error("The rules cannot follow the city; it is tried again", e);
                        Thread.sleep(LONGEST_WAIT_MILLIS);
                    }
                }
            } catch (InterruptedException _) {
                LOG.debug("The rules are no longer applied");
            }
        }

        private void follow() throws InterruptedException {
            open();
            while (!closed && !(broken && inbox.isEmpty())) {
                long wait = Math.clamp(machine.nextDue() - clock.millis(), 0, LONGEST_WAIT_MILLIS);
                LiveEvent event = inbox.poll(wait, TimeUnit.MILLISECONDS);
                if (event != null) {
                    take(event);
                }
                machine.tick(clock.millis());
            }
        }

        /** Follows all entities that rules are about, beginning with those that there are. */
        private void open() {
            broken = false;
            begin();
            inbox.clear();
            List<EntitySelector> selectors = new ArrayList<>();
            machine.types().forEach(type -> selectors.add(EntitySelector.ofTypes(TypeSelection.of(type))));
            if (!machine.fences().isEmpty()) {
                selectors.add(EntitySelector.ANY.withIds(machine.fences()));
            }
            EntityFilter filter = new EntityFilter(selectors, Set.of(), null, null, null, null);
            LiveStream opened = live.prepare(new LiveQuery(Tenant.DEFAULT, filter, 0), OptionalLong.empty(), true);
            stream = opened;
            opened.open(new Receiver());
            if (closed) {
                opened.close();
            }
        }

        private void begin() {
            beginning = true;
            unseen.clear();
            unseen.addAll(machine.remembered());
        }

        private void take(LiveEvent event) {
            switch (event) {
                case LiveEvent.Present present -> {
                    unseen.remove(present.entity().id());
                    machine.observe(present.entity().entity(), clock.millis());
                }
                case LiveEvent.Gone gone -> machine.gone(gone.id(), clock.millis());
                case LiveEvent.Reset _ -> begin();
                case LiveEvent.Mark _ -> {
                    if (beginning) {
                        // all that there are have been told: what is remembered of others is about what is no more
                        beginning = false;
                        unseen.forEach(id -> machine.gone(id, clock.millis()));
                        unseen.clear();
                    }
                }
            }
        }

        /** Hands events over; when many wait, the stream waits and reads the log later. */
        private final class Receiver implements LiveReceiver {
            @Override
            public boolean tell(LiveEvent event) {
                try {
                    while (!closed && !broken) {
                        if (inbox.offer(event, LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                            return true;
                        }
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
                return false;
            }

            @Override
            public void end() {
                broken = true;
            }
        }
    }
}
