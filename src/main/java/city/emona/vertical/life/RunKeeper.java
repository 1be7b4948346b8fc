package city.emona.vertical.life;

import city.emona.vertical.Findings;
import city.emona.vertical.MigrationSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the work on entities that ledgers ask for, apart from whoever asked, one vertical's on one thread. */
final class RunKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(RunKeeper.class);

    private final Estate estate;
    private final PackageStore packages;
    private final EntityRun entities;
    private final Endings endings;
    private final Runnable whenDone;
    private final Set<Thread> threads = new HashSet<>();
    private final Set<String> underWay = new HashSet<>();

    RunKeeper(Estate estate, PackageStore packages, EntityRun entities, Endings endings, Runnable whenDone) {
        this.estate = estate;
        this.packages = packages;
        this.entities = entities;
        this.endings = endings;
        this.whenDone = whenDone;
    }

    /** Begins what a ledger asks for, or goes on with it. */
    void start(Ledger ledger) {
        if (ledger.findRun().filter(run -> !run.isFinished()).isEmpty()) {
            return;
        }
        synchronized (this) {
            if (underWay.add(ledger.id())) {
                Thread thread =
                        Thread.ofVirtual().name("vertical-" + ledger.id()).unstarted(() -> run(ledger));
                threads.add(thread);
                thread.start();
            }
        }
    }

    /** Whether the entities of a vertical are being worked on this moment. */
    synchronized boolean isUnderWay(String id) {
        return underWay.contains(id);
    }

    private void run(Ledger ledger) {
        try {
            Ledger done = work(ledger);
            LOG.info(
                    "The entities of {} are done: {}",
                    ledger.id(),
                    done.findRun().orElseThrow().toJson());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("Work on the entities of {} stopped; it goes on after the next start", ledger.id(), e);
        } finally {
            synchronized (this) {
                underWay.remove(ledger.id());
            }
        }
        if (!Thread.currentThread().isInterrupted()) {
            whenDone.run();
        }
        synchronized (this) {
            threads.remove(Thread.currentThread());
            notifyAll();
        }
    }

    private Ledger work(Ledger ledger) throws InterruptedException {
        return switch (ledger.findRun().orElseThrow().kind()) {
            case MIGRATE -> entities.migrate(ledger, migrator(ledger));
            case RESTORE -> entities.restore(ledger);
            case DELETE -> entities.delete(ledger, endings.owned(ledger));
        };
    }

    private EntityRun.Migrator migrator(Ledger ledger) {
        Ledger before = ledger.findPrevious().orElseThrow();
        Vertical older = read(before);
        Vertical newer = read(ledger);
        MigrationSpec spec = newer.packaging().findMigration(older.version()).orElseThrow();
        return new EntityRun.Migrator(
                older.models(), newer, spec, older.version().toString(), estate.contexts());
    }

    private Vertical read(Ledger ledger) {
        Findings findings = new Findings();
        return VerticalReader.read(
                        packages.unpacked(packages.content(ledger.effective())),
                        estate.contexts(),
                        findings,
                        ledger.answers())
                .orElseThrow(() -> PackageReport.problem(findings.list()));
    }

    synchronized void await() throws InterruptedException {
        while (!threads.isEmpty()) {
            wait();
        }
    }

    void close() {
        Set<Thread> running;
        synchronized (this) {
            running = new HashSet<>(threads);
        }
        running.forEach(Thread::interrupt);
        try {
            for (Thread thread : running) {
                thread.join();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
