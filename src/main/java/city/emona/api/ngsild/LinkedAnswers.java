package city.emona.api.ngsild;

import city.emona.broker.LinkedEntityRetrieval;
import city.emona.context.EntityTree;
import city.emona.context.SpecificationVersion;
import city.emona.http.Response;
import city.emona.store.StoredEntity;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Puts entities and those that they lead to into answers.
 *
 * @param find finds an entity by its id
 */
record LinkedAnswers(EntityAnswers answers, Join join, Function<String, Optional<StoredEntity>> find) {
    /** The same, conforming to a version of the specification. */
    LinkedAnswers inVersion(SpecificationVersion version) {
        return new LinkedAnswers(answers.inVersion(version), join, find);
    }

    MediaType media() {
        return answers.media();
    }

    /** The answer with one entity; a list where the flat form adds others to it. */
    Response one(StoredEntity entity) {
        return switch (join.form()) {
            case NONE -> answers.one(entity);
            case INLINE -> answers.one(retrieval().inline(entity.entity(), answers.representation()));
            case FLAT -> {
                List<LinkedEntityRetrieval.Shown> all =
                        retrieval().flat(List.of(entity.entity()), answers.representation());
                yield all.size() == 1 ? answers.one(entity) : flat(all);
            }
        };
    }

    /** The answer with many entities. */
    Response many(List<StoredEntity> entities) {
        return switch (join.form()) {
            case NONE -> answers.many(entities);
            case INLINE -> {
                LinkedEntityRetrieval retrieval = retrieval();
                yield answers.list(entities.stream()
                        .map(e -> part(retrieval.inline(e.entity(), answers.representation())))
                        .toList());
            }
            case FLAT ->
                flat(retrieval()
                        .flat(entities.stream().map(StoredEntity::entity).toList(), answers.representation()));
        };
    }

    private LinkedEntityRetrieval retrieval() {
        return new LinkedEntityRetrieval(find, join.level(), join.containedBy());
    }

    private Response flat(List<LinkedEntityRetrieval.Shown> all) {
        return answers.list(all.stream()
                .map(shown -> answers.part(EntityTree.of(shown.entity()), shown.representation()))
                .toList());
    }

    private byte[] part(EntityTree tree) {
        return answers.part(tree, answers.representation());
    }
}
