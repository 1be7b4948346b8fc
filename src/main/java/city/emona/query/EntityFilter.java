package city.emona.query;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entities are meant (ETSI GS CIM 009 clause 5.7.2.4): all conditions must hold. It serves queries, purges, snapshots and
 * subscriptions alike.
 *
 * @param selectors types and ids, of which one must fit; never empty
 * @param attributes expanded names of which at least one must be present; empty for no condition
 * @param condition what {@code q} asks; null for no condition
 * @param scopes the scopes that entities lie in; null for no condition
 * @param geo where the entities lie; null for no condition
 * @param datasets the only datasets whose instances the conditions look at, an empty string being the default instance; null for all
 */
public record EntityFilter(
        List<EntitySelector> selectors,
        Set<String> attributes,
        @Nullable Condition condition,
        @Nullable ScopeQuery scopes,
        @Nullable GeoQuery geo,
        @Nullable Set<String> datasets) {

    public EntityFilter {
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("a filter needs a selector");
        }
        selectors = List.copyOf(selectors);
        attributes = Set.copyOf(attributes);
        datasets = datasets == null ? null : Set.copyOf(datasets);
    }

    /** All entities of a selector. */
    public static EntityFilter of(EntitySelector selector) {
        return new EntityFilter(List.of(selector), Set.of(), null, null, null, null);
    }

    /** All entities of a type. */
    public static EntityFilter ofType(String type) {
        return of(EntitySelector.ofTypes(TypeSelection.of(type)));
    }

    /** Whether the types and ids alone decide. */
    public boolean isOnlySelectors() {
        return attributes.isEmpty() && condition == null && scopes == null && geo == null;
    }

    /** The one type that is asked for, where nothing else is. */
    public Optional<String> findOnlyType() {
        EntitySelector selector = selectors.getFirst();
        List<Set<String>> types = selector.types().alternatives();
        boolean only = isOnlySelectors()
                && selectors.size() == 1
                && selector.ids().isEmpty()
                && selector.idPattern() == null
                && types.size() == 1
                && types.getFirst().size() == 1;
        return only ? Optional.of(types.getFirst().iterator().next()) : Optional.empty();
    }

    /** Whether the conditions name an attribute that an entity must have, be it a GeoProperty (clause 5.7.2.4). */
    public boolean namesAttribute() {
        return geo != null || (condition != null && condition.namesAttribute());
    }

    public EntityFilter withSelectors(List<EntitySelector> changed) {
        return new EntityFilter(changed, attributes, condition, scopes, geo, datasets);
    }

    public EntityFilter withAttributes(Set<String> changed) {
        return new EntityFilter(selectors, changed, condition, scopes, geo, datasets);
    }

    public EntityFilter withCondition(@Nullable Condition changed) {
        return new EntityFilter(selectors, attributes, changed, scopes, geo, datasets);
    }

    public EntityFilter withScopes(@Nullable ScopeQuery changed) {
        return new EntityFilter(selectors, attributes, condition, changed, geo, datasets);
    }

    public EntityFilter withGeo(@Nullable GeoQuery changed) {
        return new EntityFilter(selectors, attributes, condition, scopes, changed, datasets);
    }

    public EntityFilter withDatasets(@Nullable Set<String> changed) {
        return new EntityFilter(selectors, attributes, condition, scopes, geo, changed);
    }
}
