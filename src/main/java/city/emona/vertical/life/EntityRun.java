package city.emona.vertical.life;

import city.emona.context.Contexts;
import city.emona.context.Entity;
import city.emona.context.EntityReader;
import city.emona.context.EntityWriter;
import city.emona.context.Representation;
import city.emona.context.TermTable;
import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.query.EntityQuery;
import city.emona.store.ChangeSet;
import city.emona.store.ContextStore;
import city.emona.store.DocumentWrite;
import city.emona.store.EntityPage;
import city.emona.store.EntityWrite;
import city.emona.store.HistoryWrite;
import city.emona.store.StoredEntity;
import city.emona.store.Tenant;
import city.emona.store.VersionConflictException;
import city.emona.vertical.MigrationSpec;
import city.emona.vertical.Models;
import city.emona.vertical.Vertical;
import city.emona.vertical.mapping.EntitySchema;
import city.emona.vertical.mapping.Mapping;
import city.emona.vertical.mapping.RecordRejected;
import city.emona.vertical.provenance.Origins;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Works on the entities of a vertical in batches. Each batch is one commit together with the ledger that says how far it came, so that a
 * run that was killed goes on where it was, and no entity is worked on twice.
 */
final class EntityRun {
    private static final String BEFORE = "vertical-before";
    private static final int BATCH = 200;

    private final ContextStore store;
    private final PackageStore packages;
    private final InstantSource clock;

    EntityRun(ContextStore store, PackageStore packages, InstantSource clock) {
        this.store = store;
        this.packages = packages;
        this.clock = clock;
    }

    /** What one batch did. */
    private record Batch(
            List<EntityWrite> entities,
            List<DocumentWrite> documents,
            List<HistoryWrite> history,
            long done,
            List<String> failures) {
        static Batch empty() {
            return new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), 0, new ArrayList<>());
        }

        Batch withDone(long number) {
            return new Batch(entities, documents, history, number, failures);
        }
    }

    /** Makes the batch of some ids. */
    private interface Step {
        Batch of(List<String> ids);
    }

    /** Turns entities of one version into those of another. */
    static final class Migrator {
        private final TermTable newTerms;
        private final EntityWriter writer;
        private final Map<String, Mapping> mappings = new HashMap<>();
        private final Map<String, EntitySchema> schemas = new HashMap<>();
        private final Map<String, Object> variables;

        /** @throws Problem when an expression or a schema is not valid */
        Migrator(Models before, Vertical after, MigrationSpec spec, String from, Contexts contexts) {
            TermTable oldTerms = contexts.compile(before.context());
            this.newTerms = contexts.compile(after.models().context());
            this.writer = new EntityWriter(oldTerms, Representation.NORMALIZED);
            this.variables = Map.of("from", from, "to", after.version().toString());
            spec.types()
                    .forEach((type, mapping) ->
                            mappings.put(oldTerms.expand(type), Mapping.compile(mapping.expression())));
            after.models().types().forEach(type -> schemas.put(type.iri(), EntitySchema.compile(type.schema())));
        }

        Collection<String> types() {
            return mappings.keySet();
        }

        /** @throws RecordRejected when the entity cannot become one of the new version */
        Entity migrate(Entity entity, long now) {
            Mapping mapping = entity.types().stream()
                    .filter(mappings::containsKey)
                    .findFirst()
                    .map(mappings::get)
                    .orElseThrow();
            Object plain = Json.toPlain(Json.parse(writer.write(entity)));
            List<ObjectNode> results =
                    mapping.apply(plain, new HashMap<>(variables)).entities();
            if (results.size() != 1) {
                throw new RecordRejected(
                        "Selitev ni dala natanko ene entitete.", "The migration did not make exactly one entity.");
            }
            return read(results.getFirst(), entity, now);
        }

        private Entity read(ObjectNode json, Entity before, long now) {
            try {
                Entity after = EntityReader.read(json, newTerms, now);
                if (!after.id().equals(before.id())) {
                    throw new RecordRejected("Selitev je spremenila id.", "The migration changed the id.");
                }
                EntitySchema schema = after.types().stream()
                        .filter(schemas::containsKey)
                        .findFirst()
                        .map(schemas::get)
                        .orElseThrow(() -> new RecordRejected(
                                "Tip ni med modeli.", "The type is not among the models of the new version."));
                schema.check(json);
                return after.withTimes(before.createdAt(), now);
            } catch (Problem e) {
                throw new RecordRejected("Entiteta ni po informacijskem modelu: " + e.detail(), e.detail());
            }
        }
    }

    /** What a migration would do, tried on entities without changing them. */
    record Forecast(long entities, long tried, List<String> failures) {}

    Forecast forecast(Migrator migrator, int most) {
        NavigableSet<String> ids = idsOf(migrator.types());
        List<String> failures = new ArrayList<>();
        long tried = 0;
        for (String id : ids) {
            if (tried == most) {
                break;
            }
            tried++;
            store.findEntity(Tenant.DEFAULT, id).ifPresent(stored -> {
                try {
                    migrator.migrate(stored.entity(), clock.millis());
                } catch (RecordRejected e) {
                    failures.add(id + ": " + e.reason().en());
                }
            });
        }
        return new Forecast(ids.size(), tried, failures);
    }

    /** The ids of all entities of some types, in order. */
    NavigableSet<String> idsOf(Collection<String> types) {
        NavigableSet<String> ids = new TreeSet<>();
        for (String type : types) {
            EntityQuery query = EntityQuery.ofType(type).withLimit(EntityQuery.MAX_LIMIT);
            int offset = 0;
            EntityPage page;
            do {
                page = store.queryEntities(Tenant.DEFAULT, query.withOffset(offset));
                page.stored().forEach(stored -> ids.add(stored.id()));
                offset += page.stored().size();
            } while (page.more());
        }
        return ids;
    }

    /** Migrates what is not migrated yet; gives the ledger with the finished run. */
    Ledger migrate(Ledger ledger, Migrator migrator) throws InterruptedException {
        return work(ledger, idsOf(migrator.types()), ids -> {
            Batch batch = Batch.empty();
            long done = 0;
            for (String id : ids) {
                Optional<StoredEntity> found = store.findEntity(Tenant.DEFAULT, id);
                if (found.isPresent()) {
                    done += migrateOne(ledger, migrator, found.get(), batch) ? 1 : 0;
                }
            }
            return batch.withDone(done);
        });
    }

    private boolean migrateOne(Ledger ledger, Migrator migrator, StoredEntity stored, Batch batch) {
        Entity before = stored.entity();
        try {
            Entity after = migrator.migrate(before, clock.millis());
            if (after.sameContent(before)) {
                return false;
            }
            batch.entities().add(EntityWrite.replace(stored, before, after));
            byte[] kept = new EntityWriter(TermTable.core(), Representation.NORMALIZED.withSystemAttributes(true))
                    .write(before);
            batch.documents().add(new DocumentWrite(BEFORE, ledger.id() + "/" + before.id(), kept));
            return true;
        } catch (RecordRejected e) {
            batch.failures().add(before.id() + ": " + e.reason().en());
            return false;
        }
    }

    /** How many entities are kept as they were before the last migration. */
    long countKept(String vertical) {
        return keptIds(vertical).size();
    }

    private NavigableSet<String> keptIds(String vertical) {
        NavigableSet<String> ids = new TreeSet<>();
        for (String key : store.listDocuments(Tenant.DEFAULT, BEFORE)) {
            if (key.startsWith(vertical + "/")) {
                ids.add(key.substring(vertical.length() + 1));
            }
        }
        return ids;
    }

    /** The writes that forget what entities were before the last migration. */
    List<DocumentWrite> forgetKept(String vertical) {
        return keptIds(vertical).stream()
                .map(id -> new DocumentWrite(BEFORE, vertical + "/" + id, null))
                .toList();
    }

    /** Makes migrated entities what they were; one that was deleted meanwhile stays deleted. */
    Ledger restore(Ledger ledger) throws InterruptedException {
        return work(ledger, keptIds(ledger.id()), ids -> {
            Batch batch = Batch.empty();
            for (String id : ids) {
                String key = ledger.id() + "/" + id;
                JsonNode kept = Json.parse(
                        store.findDocument(Tenant.DEFAULT, BEFORE, key).orElseThrow());
                Entity before = EntityReader.read(kept, TermTable.core(), clock.millis());
                store.findEntity(Tenant.DEFAULT, id)
                        .ifPresent(stored -> batch.entities()
                                .add(EntityWrite.replace(
                                        stored, before.withTimes(stored.entity().createdAt(), clock.millis()))));
                batch.documents().add(new DocumentWrite(BEFORE, key, null));
            }
            return batch.withDone(batch.entities().size());
        });
    }

    /** Deletes entities with their history. */
    Ledger delete(Ledger ledger, Collection<String> ids) throws InterruptedException {
        return work(ledger, new TreeSet<>(ids), some -> {
            Batch batch = Batch.empty();
            for (String id : some) {
                store.findEntity(Tenant.DEFAULT, id)
                        .ifPresent(stored -> batch.entities().add(EntityWrite.delete(stored)));
                batch.history().add(new HistoryWrite.DeleteEntity(id));
                batch.documents().add(Origins.forgetting(id));
            }
            return batch.withDone(batch.entities().size());
        });
    }

    private Ledger work(Ledger begun, NavigableSet<String> all, Step step) throws InterruptedException {
        Ledger ledger = begun;
        Run run = ledger.findRun().orElseThrow();
        List<String> rest = new ArrayList<>(all.tailSet(run.cursor(), false));
        for (int at = 0; at < rest.size(); at += BATCH) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<String> ids = rest.subList(at, Math.min(at + BATCH, rest.size()));
            Batch batch = commit(ledger, run, ids, step);
            run = run.after(ids.getLast(), batch.done(), batch.failures());
            ledger = ledger.withRun(run);
        }
        Ledger finished = ledger.withRun(run.finished());
        store.commit(new ChangeSet(Tenant.DEFAULT, List.of(), List.of(packages.write(finished))));
        return finished;
    }

    private Batch commit(Ledger ledger, Run run, List<String> ids, Step step) {
        while (true) {
            Batch batch = step.of(ids);
            List<DocumentWrite> documents = new ArrayList<>(batch.documents());
            documents.add(packages.write(ledger.withRun(run.after(ids.getLast(), batch.done(), batch.failures()))));
            try {
                store.commit(new ChangeSet(Tenant.DEFAULT, batch.entities(), documents, batch.history()));
                return batch;
            } catch (VersionConflictException _) {
                // somebody changed one of them meanwhile: the batch is made again of what is there now
            }
        }
    }
}
