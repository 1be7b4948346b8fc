package city.emona.vertical.rule;

import city.emona.context.Entity;
import city.emona.vertical.RuleSpec;
import city.emona.vertical.RuleTest;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every rule knows of every entity: whether its tests hold and since when, and whether an alert is raised. It is told of changes and of
 * the time; it has no clock of its own. For use by one thread.
 */
final class RuleMachine {
    private static final Logger LOG = LoggerFactory.getLogger(RuleMachine.class);

    /** How long changes of the others are gathered, before all entities are compared with them again. */
    private static final long GATHER_MILLIS = 5_000;

    /** How long to wait before what could not be written is tried again. */
    private static final long AGAIN_MILLIS = 5_000;

    /** In the place of an entity's id: all entities of the rule. */
    private static final String ALL = "";

    private final List<Watch> watches;
    private final CityView city;
    private final RuleJudge judge;
    private final RuleEvents events;
    private final Map<Key, State> states = new HashMap<>();
    private final Map<Key, Long> due = new HashMap<>();
    private final NavigableSet<Due> queue = new TreeSet<>(Comparator.comparingLong(Due::at)
            .thenComparing(due -> due.key.watch.key())
            .thenComparing(due -> due.key.entityId));

    private record Key(Watch watch, String entityId) {}

    private record Due(long at, Key key) {}

    /** What is known of an entity whose tests hold, or of which an alert is raised. */
    private record State(boolean raised, long since) {}

    RuleMachine(List<Watch> watches, CityView city, RuleEvents events) {
        this.watches = List.copyOf(watches);
        this.city = city;
        this.judge = new RuleJudge(city);
        this.events = events;
    }

    /** Remembers from before that the tests of a rule have held since a time, or that an alert is raised. */
    void remember(Watch watch, String entityId, boolean raised, long since) {
        states.put(new Key(watch, entityId), new State(raised, since));
    }

    /** Expanded types of which changes must be told. */
    Set<String> types() {
        Set<String> types = new LinkedHashSet<>();
        for (Watch watch : watches) {
            types.add(watch.rule().type());
            for (RuleTest test : watch.rule().tests()) {
                if (test instanceof RuleTest.Compares compares) {
                    types.add(compares.reference().type());
                }
            }
        }
        return types;
    }

    /** Entities of which changes must be told whatever their types: those that fences are around. */
    Set<String> fences() {
        Set<String> ids = new HashSet<>();
        watches.forEach(watch -> ids.addAll(fences(watch.rule())));
        return ids;
    }

    private static Set<String> fences(RuleSpec rule) {
        Set<String> ids = new HashSet<>();
        for (RuleTest test : rule.tests()) {
            if (test instanceof RuleTest.Lies lies && lies.fence() instanceof RuleTest.Fence.Around around) {
                ids.add(around.entityId());
            }
        }
        return ids;
    }

    /** The ids of all entities of which something is remembered. */
    Set<String> remembered() {
        Set<String> ids = new HashSet<>();
        states.keySet().forEach(key -> ids.add(key.entityId));
        return ids;
    }

    /** When the machine wants to be told of the time again, in epoch milliseconds. */
    long nextDue() {
        return queue.isEmpty() ? Verdict.NEVER : queue.first().at;
    }

    /** Takes the present state of an entity. */
    void observe(Entity entity, long now) {
        for (Watch watch : watches) {
            if (entity.types().contains(watch.rule().type())) {
                evaluate(new Key(watch, entity.id()), Optional.of(entity), now);
            }
        }
        lookAgain(
                entity.id(),
                (watch, id) ->
                        refersTo(watch.rule(), entity) || fences(watch.rule()).contains(id),
                now);
    }

    /** Takes that an entity is no more. */
    void gone(String id, long now) {
        for (Watch watch : watches) {
            evaluate(new Key(watch, id), Optional.empty(), now);
        }
        lookAgain(
                id,
                (watch, gone) ->
                        hasReference(watch.rule()) || fences(watch.rule()).contains(gone),
                now);
    }

    private void lookAgain(String id, BiPredicate<Watch, String> isConcerned, long now) {
        for (Watch watch : watches) {
            Key all = new Key(watch, ALL);
            if (isConcerned.test(watch, id) && !due.containsKey(all)) {
                schedule(all, now + GATHER_MILLIS);
            }
        }
    }

    private static boolean hasReference(RuleSpec rule) {
        return rule.tests().stream().anyMatch(RuleTest.Compares.class::isInstance);
    }

    private static boolean refersTo(RuleSpec rule, Entity entity) {
        return rule.tests().stream()
                .anyMatch(test -> test instanceof RuleTest.Compares compares
                        && entity.types().contains(compares.reference().type()));
    }

    /** Does what is due by now. */
    void tick(long now) {
        while (nextDue() <= now) {
            Key key = queue.first().key;
            schedule(key, Verdict.NEVER);
            if (key.entityId.equals(ALL)) {
                for (Entity entity : city.ofType(key.watch.rule().type())) {
                    evaluate(new Key(key.watch, entity.id()), Optional.of(entity), now);
                }
            } else {
                evaluate(key, city.find(key.entityId), now);
            }
        }
    }

    private void schedule(Key key, long at) {
        Long before = at == Verdict.NEVER ? due.remove(key) : due.put(key, at);
        if (before != null) {
            queue.remove(new Due(before, key));
        }
        if (at != Verdict.NEVER) {
            queue.add(new Due(at, key));
        }
    }

    private void evaluate(Key key, Optional<Entity> entity, long now) {
        try {
            schedule(
                    key,
                    entity.filter(found ->
                                    found.types().contains(key.watch.rule().type()))
                            .map(found -> step(key, found, now))
                            .orElseGet(() -> forget(key, now)));
        } catch (RuntimeException e) {
            LOG.error("The rule {} could not be applied to {}; it is tried again", key.watch.key(), key.entityId, e);
            schedule(key, now + AGAIN_MILLIS);
        }
    }

    /** What the entity that is no more leaves behind. */
    private long forget(Key key, long now) {
        State state = states.get(key);
        if (state != null) {
            if (state.raised) {
                events.cleared(key.watch, key.entityId, true, now);
            } else {
                events.ceased(key.watch, key.entityId);
            }
            states.remove(key);
        }
        return Verdict.NEVER;
    }

    /** One step, and when the next is due. What is to be told is told before it is remembered, so that it can be told again. */
    private long step(Key key, Entity entity, long now) {
        RuleSpec rule = key.watch.rule();
        Verdict verdict = judge.judge(rule, entity, now);
        @Nullable State state = states.get(key);
        if (state != null && state.raised) {
            if (isOver(rule, entity, verdict)) {
                events.cleared(key.watch, key.entityId, false, now);
                states.remove(key);
            }
            return verdict.again();
        }
        if (!verdict.holds()) {
            if (state != null) {
                events.ceased(key.watch, key.entityId);
                states.remove(key);
            }
            return verdict.again();
        }
        long since = state == null ? now : state.since;
        long ripe = since + rule.holdFor().toMillis();
        if (ripe <= now) {
            events.raised(key.watch, entity, since, now);
            states.put(key, new State(true, since));
            return verdict.again();
        }
        if (state == null) {
            events.began(key.watch, key.entityId, since);
            states.put(key, new State(false, since));
        }
        return Math.min(ripe, verdict.again());
    }

    private boolean isOver(RuleSpec rule, Entity entity, Verdict verdict) {
        return !verdict.holds()
                && rule.findClear()
                        .map(clear -> judge.matches(clear.condition(), entity))
                        .orElse(true);
    }
}
