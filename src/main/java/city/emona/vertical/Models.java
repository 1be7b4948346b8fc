package city.emona.vertical;

import city.emona.json.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the entities of a vertical are: the terms and a schema for each type. Once published under a version, they do not change.
 *
 * @param context the terms: what stands under {@code @context} in the context document
 * @param types the types of the vertical, in the order declared
 */
public record Models(ObjectNode context, List<EntityType> types) {
    public Models {
        types = List.copyOf(types);
    }

    /**
     * One type of entity.
     *
     * @param term the short name
     * @param iri the expanded name
     * @param schemaFile the path of the schema inside the vertical
     * @param schema a JSON Schema of the entity in its simplified representation
     */
    public record EntityType(String term, String iri, String schemaFile, JsonNode schema) {}

    /** A type by its short name. */
    public Optional<EntityType> findType(String term) {
        return types.stream().filter(t -> t.term().equals(term)).findFirst();
    }

    /** The document that is published: {@code {"@context": …}}. */
    public ObjectNode document() {
        ObjectNode document = Json.object();
        document.set("@context", context);
        return document;
    }
}
