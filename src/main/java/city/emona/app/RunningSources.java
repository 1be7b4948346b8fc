package city.emona.app;

import city.emona.portal.SourceBook;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceSupervisor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sources that run: they follow the verticals, so that one vertical's change leaves the others alone. Before they run, there are none. */
final class RunningSources implements SourceBook, AutoCloseable {
    private final Map<String, Vertical> followed = new LinkedHashMap<>();
    private boolean closed;
    private volatile @Nullable SourceSupervisor supervisor;

    /** @param idle runs the sources from now on, and has none yet */
    synchronized void runWith(SourceSupervisor idle) {
        supervisor = idle;
    }

    /** What runs them; null while the server is starting. */
    @Nullable
    SourceSupervisor supervisor() {
        return supervisor;
    }

    /** Stops what does not run any more or has changed, and starts what is new. */
    synchronized void follow(Verticals verticals, Set<String> resting) {
        SourceSupervisor running = supervisor;
        if (closed || running == null) {
            return;
        }
        for (Vertical vertical : List.copyOf(followed.values())) {
            if (resting.contains(vertical.id()) || !verticals.list().contains(vertical)) {
                followed.remove(vertical.id());
                running.remove(vertical.id());
            }
        }
        for (Vertical vertical : verticals.list()) {
            if (!resting.contains(vertical.id()) && !followed.containsKey(vertical.id())) {
                followed.put(vertical.id(), vertical);
                running.add(vertical);
            }
        }
    }

    @Override
    public List<SourceHealth> listHealth() {
        SourceSupervisor running = supervisor;
        return running == null ? List.of() : running.health();
    }

    @Override
    public List<RejectedRecord> listRejected(String id) {
        SourceSupervisor running = supervisor;
        return running == null ? List.of() : running.lastRejected(id);
    }

    @Override
    public boolean isDesired(String id) {
        SourceSupervisor running = supervisor;
        return running == null || running.isDesired(id);
    }

    @Override
    public void setDesired(String vertical, String source, boolean on) {
        SourceSupervisor running = supervisor;
        if (running != null) {
            running.setDesired(vertical, source, on);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        SourceSupervisor running = supervisor;
        if (running != null) {
            running.close();
        }
    }
}
