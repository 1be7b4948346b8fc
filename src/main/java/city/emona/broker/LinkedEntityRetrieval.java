package city.emona.broker;

import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.Entity;
import city.emona.context.EntityTree;
import city.emona.context.Representation;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.store.StoredEntity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Linked Entity retrieval (ETSI GS CIM 009 clause 4.5.23): follows those relationships of an entity that are shown and whose targets are
 * held here. One object serves one answer; it is not safe for use by several threads.
 */
public final class LinkedEntityRetrieval {
    /** Over how many relationships in a row an answer may reach. */
    public static final int MAX_LEVEL = 10;

    /** How many linked entities one answer may hold. */
    public static final int MAX_ENTITIES = 10_000;

    /** How many bytes the linked entities of one answer may have, as they are stored. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Function<String, Optional<StoredEntity>> find;
    private final int level;
    private final Set<String> containedBy;
    private final Map<String, Optional<Found>> known = new HashMap<>();
    private int count;
    private long bytes;

    private record Found(Entity entity, int bytes) {}

    /** An entity of a flat answer, and how it is shown. */
    public record Shown(Entity entity, Representation representation) {}

    private record Reached(Shown shown, int level) {}

    /**
     * @param find finds an entity by its id
     * @param level over how many relationships in a row to reach
     * @param containedBy ids of entities that the reader has already met
     */
    public LinkedEntityRetrieval(Function<String, Optional<StoredEntity>> find, int level, Set<String> containedBy) {
        this.find = find;
        this.level = level;
        this.containedBy = Set.copyOf(containedBy);
    }

    /**
     * The inline form: linked entities within the entity, though none within itself.
     *
     * @throws Problem of type TooComplexQuery when there are more than {@value #MAX_ENTITIES}, or they are too large together
     */
    public EntityTree inline(Entity entity, Representation representation) {
        return inline(entity, representation, level, new HashSet<>(containedBy));
    }

    private EntityTree inline(Entity entity, Representation representation, int levelsLeft, Set<String> containing) {
        if (levelsLeft == 0) {
            return EntityTree.of(entity);
        }
        boolean added = containing.add(entity.id());
        Map<String, Map<String, EntityTree>> linked = new HashMap<>();
        for (Attribute attribute : entity.attributes()) {
            Map<String, EntityTree> targets = new LinkedHashMap<>();
            for (String id : targets(attribute, representation)) {
                if (!containing.contains(id)) {
                    Representation within = representation.within(attribute.name());
                    findCounted(id)
                            .ifPresent(target -> targets.put(id, inline(target, within, levelsLeft - 1, containing)));
                }
            }
            if (!targets.isEmpty()) {
                linked.put(attribute.name(), targets);
            }
        }
        if (added) {
            containing.remove(entity.id());
        }
        return new EntityTree(entity, linked);
    }

    /**
     * The flat form: the entities, then all that they lead to, each once and the nearer first.
     *
     * @throws Problem of type TooComplexQuery when there are more than {@value #MAX_ENTITIES}, or they are too large together
     */
    public List<Shown> flat(List<Entity> entities, Representation representation) {
        Set<String> met = new HashSet<>(containedBy);
        Queue<Reached> waiting = new ArrayDeque<>();
        for (Entity entity : entities) {
            met.add(entity.id());
            waiting.add(new Reached(new Shown(entity, representation), 0));
        }
        List<Shown> all = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Reached next = waiting.remove();
            all.add(next.shown);
            if (next.level < level) {
                for (Attribute attribute : next.shown.entity.attributes()) {
                    Representation within = next.shown.representation.within(attribute.name());
                    for (String id : targets(attribute, next.shown.representation)) {
                        if (met.add(id)) {
                            findCounted(id)
                                    .ifPresent(target ->
                                            waiting.add(new Reached(new Shown(target, within), next.level + 1)));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** The ids to which the shown instances of a shown relationship lead. */
    private static Set<String> targets(Attribute attribute, Representation representation) {
        if (!attribute.main().type().isLink() || !representation.shows(attribute.name())) {
            return Set.of();
        }
        Set<String> ids = new LinkedHashSet<>();
        for (AttributeInstance instance : attribute.instances()) {
            if (instance.type().isLink() && representation.showsDataset(instance.datasetId())) {
                JsonNode value = instance.value();
                if (value.isArray()) {
                    value.forEach(uri -> ids.add(uri.stringValue()));
                } else {
                    ids.add(value.stringValue());
                }
            }
        }
        return ids;
    }

    private Optional<Entity> findCounted(String id) {
        Optional<Found> found = known.computeIfAbsent(
                id,
                key -> find.apply(key)
                        .map(stored ->
                                new Found(stored.entity(), stored.packed().size())));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        count++;
        bytes += found.get().bytes;
        if (count > MAX_ENTITIES || bytes > MAX_BYTES) {
            throw new Problem(
                    ProblemType.TOO_COMPLEX_QUERY,
                    "The answer would hold more than " + MAX_ENTITIES + " linked entities, or more than "
                            + MAX_BYTES / (1024 * 1024) + " megabytes of them.",
                    "Ask for fewer entities, a lower joinLevel, or fewer relationships with pick.");
        }
        return Optional.of(found.get().entity);
    }
}
