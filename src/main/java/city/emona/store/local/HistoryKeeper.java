package city.emona.store.local;

import city.emona.problem.Problem;
import city.emona.query.EntityFilter;
import city.emona.query.EntitySelector;
import city.emona.query.TypeSelection;
import city.emona.store.HistoryHeader;
import city.emona.store.Retention;
import city.emona.store.RetentionReport;
import city.emona.store.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that history is kept as long as the rules say, and no longer: it looks at all of it once in a while. */
final class HistoryKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryKeeper.class);
    private static final Duration FIRST = Duration.ofMinutes(2);
    private static final Duration BETWEEN = Duration.ofHours(1);

    private final Image image;
    private final HistoryPacker packer;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile Rules rules = new Rules(List.of(), ZoneOffset.UTC);

    private record Rules(List<Kept> all, ZoneId zone) {}

    /** A rule and what was done about it; changed by one thread at a time. */
    private static final class Kept {
        final Retention rule;
        volatile RetentionReport report;

        Kept(Retention rule) {
            this.rule = rule;
            this.report = new RetentionReport(rule, 0, 0, 0);
        }
    }

    HistoryKeeper(Image image, HistoryPacker packer, Clock clock) {
        this.image = image;
        this.packer = packer;
        this.clock = clock;
        this.thread = Thread.ofPlatform().daemon().name("retention").start(this::run);
    }

    void setRules(List<Retention> all, ZoneId zone) {
        rules = new Rules(all.stream().map(Kept::new).toList(), zone);
    }

    List<RetentionReport> reports() {
        return rules.all.stream().map(kept -> kept.report).toList();
    }

    private void run() {
        try {
            Duration wait = FIRST;
            while (!closed.await(wait.toMillis(), TimeUnit.MILLISECONDS)) {
                wait = BETWEEN;
                try {
                    sweep();
                } catch (Problem e) {
                    LOG.warn(
                            "History that is too old could not be removed; it is tried again later: {}",
                            e.getMessage());
                } catch (RuntimeException e) {
                    LOG.error("History that is too old could not be removed", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Looks at all history that a rule is about. */
    synchronized void sweep() {
        Rules present = rules;
        for (Kept kept : present.all) {
            for (Tenant tenant : image.listTenants()) {
                sweep(tenant, kept, present);
            }
            RetentionReport report = kept.report;
            kept.report =
                    new RetentionReport(kept.rule, clock.millis(), report.instancesRemoved(), report.rollUpsRemoved());
        }
    }

    private void sweep(Tenant tenant, Kept kept, Rules present) {
        EntityFilter ofType = EntityFilter.of(EntitySelector.ofTypes(TypeSelection.of(kept.rule.type())));
        Iterator<HistoryHeader> all = image.find(tenant)
                .map(found -> found.histories(ofType))
                .orElse(List.<HistoryHeader>of().iterator());
        while (all.hasNext() && closed.getCount() > 0) {
            sweep(tenant, all.next(), kept, present);
        }
    }

    private void sweep(Tenant tenant, HistoryHeader header, Kept kept, Rules present) {
        long end = clock.millis() - kept.rule.instances().toMillis();
        packer.rewrite(
                tenant,
                header.id(),
                (view, entity) -> HistoryTail.beginsBefore(view, entity, end)
                        ? new HistoryRewriter(view, entity).pack()
                        : new RawWrites());
        List<SeriesRetention> done = new ArrayList<>();
        packer.rewrite(tenant, header.id(), (view, entity) -> {
            done.clear();
            RawWrites writes = new RawWrites();
            for (HistoryKeys.SeriesName name : new HistoryReader(view, entity).packedSeries()) {
                if (ruleFor(header, name, present).filter(kept.rule::equals).isPresent()) {
                    SeriesRetention retention =
                            new SeriesRetention(view, entity, name, kept.rule, present.zone, clock.millis());
                    retention.addTo(writes);
                    done.add(retention);
                }
            }
            return writes;
        });
        RetentionReport report = kept.report;
        kept.report = new RetentionReport(
                kept.rule,
                report.lastSweep(),
                report.instancesRemoved()
                        + done.stream()
                                .mapToLong(SeriesRetention::instancesRemoved)
                                .sum(),
                report.rollUpsRemoved()
                        + done.stream()
                                .mapToLong(SeriesRetention::rollUpsRemoved)
                                .sum());
    }

    private static Optional<Retention> ruleFor(HistoryHeader header, HistoryKeys.SeriesName name, Rules present) {
        return present.all.stream()
                .map(kept -> kept.rule)
                .filter(rule -> rule.concerns(header.types(), name.attribute()))
                .findFirst();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
