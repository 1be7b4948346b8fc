package city.emona.app;

import city.emona.portal.SourceBook;
import city.emona.vertical.Vertical;
import city.emona.vertical.Verticals;
import city.emona.vertical.source.RejectedRecord;
import city.emona.vertical.source.SourceHealth;
import city.emona.vertical.source.SourceSupervisor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The sources that run, those of each vertical apart, so that one vertical's change leaves the others alone. */
final class RunningSources implements SourceBook, AutoCloseable {
    private final Function<Verticals, SourceSupervisor> makes;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private boolean closed;

    private record Group(Vertical vertical, SourceSupervisor sources) {}

    /** @param makes the sources of some verticals, not started yet */
    RunningSources(Function<Verticals, SourceSupervisor> makes) {
        this.makes = makes;
    }

    /** Stops what does not run any more or has changed, and starts what is new. */
    synchronized void follow(Verticals verticals, Set<String> resting) {
        if (closed) {
            return;
        }
        for (Group group : List.copyOf(groups.values())) {
            boolean goesOn =
                    !resting.contains(group.vertical().id()) && verticals.list().contains(group.vertical());
            if (!goesOn) {
                groups.remove(group.vertical().id());
                group.sources().close();
            }
        }
        for (Vertical vertical : verticals.list()) {
            if (!resting.contains(vertical.id()) && !groups.containsKey(vertical.id())) {
                SourceSupervisor sources = makes.apply(new Verticals(List.of(vertical), List.of()));
                groups.put(vertical.id(), new Group(vertical, sources));
                sources.start();
            }
        }
    }

    private synchronized Collection<Group> groups() {
        return List.copyOf(groups.values());
    }

    @Override
    public List<SourceHealth> listHealth() {
        List<SourceHealth> all = new ArrayList<>();
        groups().forEach(group -> all.addAll(group.sources().health()));
        return all;
    }

    @Override
    public List<RejectedRecord> listRejected(String id) {
        return groups().stream()
                .flatMap(group -> group.sources().lastRejected(id).stream())
                .toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        groups.values().stream().parallel().forEach(group -> group.sources().close());
        groups.clear();
    }
}
