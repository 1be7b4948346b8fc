package city.emona.query;

import city.emona.context.Attribute;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import java.util.Collection;
import java.util.List;

/** Tells which entities a filter means: first by what is known without unpacking an entity, then by the entity. */
public final class EntityMatcher {
    private final EntityFilter filter;
    private final ConditionEvaluator evaluator;

    /** @param linked finds the entities that a linked path leads to */
    public EntityMatcher(EntityFilter filter, LinkedEntities linked) {
        this.filter = filter;
        this.evaluator = new ConditionEvaluator(linked, filter.datasets());
    }

    /**
     * Whether an entity can match, judged by what is known without unpacking it.
     *
     * @param names the expanded names of all its attributes and sub-attributes
     * @throws Problem of type TooComplexQuery when a pattern takes too many steps
     */
    public boolean mayMatch(String id, List<String> types, Collection<String> names) {
        return isSelected(id, types)
                && (filter.attributes().isEmpty() || names.stream().anyMatch(filter.attributes()::contains))
                && (filter.condition() == null || filter.condition().isPossibleWith(names))
                && (filter.geo() == null || names.contains(filter.geo().property()));
    }

    private boolean isSelected(String id, List<String> types) {
        for (EntitySelector selector : filter.selectors()) {
            if (selector.matches(id, types)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an entity that {@link #mayMatch} does match.
     *
     * @throws Problem of type TooComplexQuery when a pattern takes too many steps
     */
    public boolean matches(Entity entity) {
        return (filter.attributes().isEmpty() || hasAny(entity))
                && (filter.scopes() == null || filter.scopes().matches(entity.scopes()))
                && (filter.geo() == null || filter.geo().matches(entity, filter.datasets()))
                && (filter.condition() == null || evaluator.matches(filter.condition(), entity));
    }

    private boolean hasAny(Entity entity) {
        for (Attribute attribute : entity.attributes()) {
            if (filter.attributes().contains(attribute.name())) {
                return true;
            }
        }
        return false;
    }
}
