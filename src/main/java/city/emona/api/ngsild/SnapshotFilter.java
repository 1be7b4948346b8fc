package city.emona.api.ngsild;

import city.emona.broker.Snapshot;
import city.emona.context.Attribute;
import city.emona.context.AttributeInstance;
import city.emona.context.AttributeType;
import city.emona.context.Entity;
import city.emona.problem.Problem;
import city.emona.query.AttributePath;
import city.emona.query.Condition;
import city.emona.query.ConditionEvaluator;
import city.emona.query.ConditionParser;
import city.emona.query.LinkedEntities;
import city.emona.query.QueryNames;
import java.util.List;
import java.util.Set;

/** A condition on the members of snapshots, in the query language of entities (clauses 4.9 and 5.16.7). */
record SnapshotFilter(Condition condition) {
    private static final Set<String> MEMBERS = Set.of(
            "id",
            "type",
            "snapshotQueries",
            "snapshotTemporalQueries",
            "snapshotLifetime",
            "snapshotPriority",
            "endpoint",
            "receiverInfo",
            "snapshotStatus",
            "snapshotQueriesDetails",
            "snapshotTemporalQueriesDetails",
            "createdAt",
            "modifiedAt",
            "expiresAt",
            "lastUsedAt");

    /**
     * Reads a {@code q}.
     *
     * @throws Problem of type BadRequestData when it is none, or names something else than a member of snapshots
     */
    static SnapshotFilter parse(String q) {
        Condition condition = ConditionParser.parse(q, QueryNames.ofDocuments());
        for (AttributePath path : condition.paths()) {
            boolean known = path.links().isEmpty()
                    && path.attributes().size() == 1
                    && MEMBERS.contains(path.attributes().getFirst());
            if (!known) {
                throw Problem.badRequestData(
                        "The query names something that is no member of a snapshot.",
                        "Use members such as snapshotPriority or snapshotStatus.");
            }
        }
        return new SnapshotFilter(condition);
    }

    boolean matches(Snapshot snapshot) {
        List<Attribute> members = snapshot.toJson().properties().stream()
                .map(member -> new Attribute(
                        member.getKey(),
                        List.of(new AttributeInstance(
                                AttributeType.PROPERTY, member.getValue(), "", null, null, null, 0, 0, 0, List.of()))))
                .toList();
        Entity document = new Entity(snapshot.id(), List.of("Snapshot"), List.of(), 0, 0, 0, members);
        return new ConditionEvaluator(LinkedEntities.NONE, null).matches(condition, document);
    }
}
