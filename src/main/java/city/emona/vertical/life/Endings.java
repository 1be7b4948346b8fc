package city.emona.vertical.life;

import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.problem.Problem;
import city.emona.store.DocumentWrite;
import city.emona.store.Tenant;
import city.emona.vertical.Findings;
import city.emona.vertical.LocalizedText;
import city.emona.vertical.Models;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PlatformTerms;
import city.emona.vertical.Vertical;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.Verticals;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Plans how a vertical goes: back to the version before, or away. */
final class Endings {
    /** The folder of the data folder that holds exported entities. */
    static final String EXPORTS = "exports";

    private final Estate estate;
    private final PackageStore packages;
    private final EntityRun entities;
    private final Supplier<Verticals> running;

    Endings(Estate estate, PackageStore packages, EntityRun entities, Supplier<Verticals> running) {
        this.estate = estate;
        this.packages = packages;
        this.entities = entities;
        this.running = running;
    }

    private Present present(Order order) {
        return Present.of(order.vertical(), running.get().find(order.vertical()), packages);
    }

    private static Problem unknown(Order order) {
        return Problem.notFound("There is no vertical " + order.vertical() + ".");
    }

    private static List<LocalizedText> refusals(Present present) {
        List<LocalizedText> refusals = new ArrayList<>();
        if (present.findInstalled()
                .flatMap(Ledger::findRun)
                .filter(run -> !run.isFinished())
                .isPresent()) {
            refusals.add(new LocalizedText("Delo z entitetami še poteka.", "Work on its entities is still under way."));
        }
        return refusals;
    }

    Draft rollback(Order order) {
        Present present = present(order);
        Ledger ledger = present.findInstalled().orElseThrow(() -> unknown(order));
        List<LocalizedText> refusals = refusals(present);
        Optional<Ledger> before = ledger.findPrevious();
        if (before.isEmpty()) {
            refusals.add(new LocalizedText("Starejše različice ni.", "There is no version before this one."));
        }
        PackageContent older =
                before.map(previous -> packages.content(previous.effective())).orElse(null);
        List<Plan.Change> changes =
                older == null ? List.of() : Differences.between(present.content(), older, ledger.id());
        List<LocalizedText> notes = new ArrayList<>();
        long kept = entities.countKept(ledger.id());
        if (kept > 0) {
            notes.add(new LocalizedText(
                    "Entitete, ki postanejo, kar so bile pred selitvijo: " + kept + ".",
                    "Entities that become what they were before the migration: " + kept + "."));
        }
        Run run = kept > 0 ? Run.begin(Run.Kind.RESTORE, ledger.version().toString()) : null;
        Ledger next = before.map(previous -> new Ledger(
                        previous.id(),
                        previous.publisher(),
                        previous.version(),
                        ledger.revision() + 1,
                        previous.digest(),
                        previous.files(),
                        previous.edits(),
                        previous.answers(),
                        previous.secrets(),
                        estate.clock().millis(),
                        false,
                        run,
                        null))
                .orElse(null);
        return Draft.of(
                plan(order, present, before.map(b -> b.version().toString()).orElse(""), changes, notes, refusals),
                next);
    }

    Draft removal(Order order) {
        Present present = present(order);
        Vertical vertical = present.findVertical().orElseThrow(() -> unknown(order));
        List<LocalizedText> refusals = refusals(present);
        for (Vertical other : running.get().list()) {
            if (other.packaging().needs().containsKey(vertical.id())) {
                refusals.add(new LocalizedText(
                        "Potrebuje jo vertikala " + other.id() + ".", "The vertical " + other.id() + " needs it."));
            }
        }
        List<Plan.Change> changes = new ArrayList<>(Differences.between(present.content(), null, vertical.id()));
        int owned = owned(vertical).size();
        List<LocalizedText> notes = new ArrayList<>();
        notes.add(entitiesNote(order.entities(), owned));
        changes.add(new Plan.Change(
                order.entities() == Order.Entities.DELETE ? Plan.Effect.DELETE : Plan.Effect.KEEP,
                Plan.ENTITIES,
                String.join(
                        ", ",
                        vertical.models().types().stream()
                                .map(Models.EntityType::term)
                                .toList()),
                null,
                Audience.of(Plan.ENTITIES, vertical.id())));
        Run run = order.entities() == Order.Entities.DELETE
                ? Run.begin(Run.Kind.DELETE, vertical.version().toString())
                : null;
        return Draft.of(plan(order, present, "", changes, notes, refusals), removed(vertical, present, run));
    }

    private Ledger removed(Vertical vertical, Present present, @Nullable Run run) {
        return present.findInstalled()
                .map(ledger -> ledger.asRemoved(run))
                .orElseGet(() -> new Ledger(
                        vertical.id(),
                        vertical.packaging().publisher(),
                        vertical.version(),
                        present.findLedger().map(Ledger::revision).orElse(0L) + 1,
                        present.content() == null ? "" : present.content().digest(),
                        present.content() == null
                                ? new TreeMap<>()
                                : Planner.digests(present.content().files()),
                        new TreeMap<>(),
                        new TreeMap<>(),
                        new TreeSet<>(),
                        estate.clock().millis(),
                        true,
                        run,
                        null));
    }

    private static LocalizedText entitiesNote(Order.Entities what, int owned) {
        return switch (what) {
            case KEEP -> new LocalizedText("Entitete ostanejo: " + owned + ".", "Entities that stay: " + owned + ".");
            case EXPORT ->
                new LocalizedText(
                        "Entitete se zapišejo v datoteko in ostanejo: " + owned + ".",
                        "Entities that are written to a file and stay: " + owned + ".");
            case DELETE ->
                new LocalizedText(
                        "Entitete, ki se z zgodovino vred izbrišejo: " + owned + ".",
                        "Entities that are deleted with their history: " + owned + ".");
        };
    }

    private static Plan plan(
            Order order,
            Present present,
            String to,
            List<Plan.Change> changes,
            List<LocalizedText> notes,
            List<LocalizedText> refusals) {
        String urn = present.findVertical().map(Vertical::urn).orElse("");
        String from = present.findVertical().map(v -> v.version().toString()).orElse("");
        String state = present.findLedger().map(Ledger::revision).orElse(0L)
                + (present.content() == null ? "" : present.content().digest())
                + order.entities();
        return new Plan(order.action(), order.vertical(), urn, from, to, changes, notes, refusals, List.of(), state);
    }

    /** The ids of the entities of a vertical: those of types that no other vertical has, and what tells of its sources. */
    NavigableSet<String> owned(Vertical vertical) {
        Set<String> types = new HashSet<>();
        vertical.models().types().forEach(type -> types.add(type.iri()));
        for (Vertical other : running.get().list()) {
            if (!other.id().equals(vertical.id())) {
                other.models().types().forEach(type -> types.remove(type.iri()));
            }
        }
        NavigableSet<String> ids = entities.idsOf(types);
        String sources = "urn:ngsi-ld:DataSource:" + vertical.id() + ":";
        entities.idsOf(Set.of(PlatformTerms.DATA_SOURCE)).stream()
                .filter(id -> id.startsWith(sources))
                .forEach(ids::add);
        return ids;
    }

    /** The same for a vertical that is removed already. */
    NavigableSet<String> owned(Ledger ledger) {
        PackageContent content = files(ledger);
        return VerticalReader.read(packages.unpacked(content), estate.contexts(), new Findings(), ledger.answers())
                .map(this::owned)
                .orElse(new TreeSet<>());
    }

    private PackageContent files(Ledger ledger) {
        return packages.content(ledger.effective());
    }

    /** The writes that keep the files of a bundled version which an installed one goes back to, or which was removed. */
    List<DocumentWrite> writesOfBundled(Ledger next) {
        return running.get()
                .find(next.id())
                .filter(vertical -> vertical.folder().startsWith(estate.bundledFolder()))
                .flatMap(vertical -> PackageContent.ofFolder(vertical.folder(), new Findings()))
                .map(packages::writes)
                .orElse(List.of());
    }

    /** Writes the entities of a vertical to a file of the data folder, one JSON-LD object a line, safe on disk before this returns. */
    Path export(String id) {
        Vertical vertical = running.get().find(id).orElseThrow();
        EntityWriter writer = new EntityWriter(TermTable.core(), Representation.NORMALIZED.withSystemAttributes(true));
        try {
            Path folder = Files.createDirectories(estate.dataFolder().resolve(EXPORTS));
            Path file = folder.resolve(
                    id + "-" + vertical.version() + "-" + estate.clock().millis() + ".ndjson");
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
                for (String entity : owned(vertical)) {
                    var found = estate.store().findEntity(Tenant.DEFAULT, entity);
                    if (found.isPresent()) {
                        out.write(writer.write(found.get().entity()));
                        out.write('\n');
                    }
                }
                out.flush();
                channel.force(true);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
