package city.emona.vertical.mapping;

import city.emona.problem.Problem;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import com.networknt.schema.regex.RegularExpression;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema (2020-12) that the entities of a type keep, in their simplified representation. It never fetches another schema. Safe for
 * use by many threads.
 */
public final class EntitySchema {
    private static final int MAX_REASONS = 3;

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)
                            .allow(iri -> iri.toString().startsWith("https://json-schema.org/")))
                    .schemaCacheEnabled(false)
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .regularExpressionFactory(EntitySchema::bounded)
                            .locale(Locale.ENGLISH)
                            .pathType(PathType.JSON_POINTER)
                            .build()));

    private final Schema schema;

    private EntitySchema(Schema schema) {
        this.schema = schema;
    }

    private static RegularExpression bounded(String expression) {
        try {
            Pattern pattern = Pattern.compile(expression);
            return text -> pattern.matcher(new BoundedText(text)).find();
        } catch (PatternSyntaxException e) {
            throw new SchemaException("the pattern " + expression + " is none: " + e.getDescription());
        }
    }

    /**
     * Compiles a schema.
     *
     * @throws Problem of type BadRequestData when it is none, or refers to another document
     */
    public static EntitySchema compile(JsonNode json) {
        try {
            Schema schema = REGISTRY.getSchema(json);
            schema.initializeValidators();
            return new EntitySchema(schema);
        } catch (SchemaException e) {
            throw Problem.badRequestData(
                    "The JSON Schema cannot be used: " + e.getMessage() + ".",
                    "Correct it, and keep all definitions inside.");
        }
    }

    /**
     * Checks an entity, concise or normalized.
     *
     * @throws RecordRejected with what is wrong
     */
    public void check(ObjectNode entity) {
        List<Error> errors = schema.validate(Simplified.of(entity));
        if (!errors.isEmpty()) {
            String reasons = errors.stream()
                    .limit(MAX_REASONS)
                    .map(e -> e.getInstanceLocation() + " " + e.getMessage())
                    .collect(Collectors.joining("; "));
            throw new RecordRejected(
                    "Entiteta ni skladna z modelom: " + reasons + ".", "The entity breaks its model: " + reasons + ".");
        }
    }
}
