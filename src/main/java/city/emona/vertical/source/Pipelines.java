package city.emona.vertical.source;

import city.emona.context.Contexts;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.Vertical;
import city.emona.vertical.mapping.EntitySchema;
import city.emona.vertical.mapping.Mapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Makes pipelines; what several sources of a vertical have in common is compiled once. Safe for use by many threads. */
final class Pipelines {
    private final Contexts contexts;
    private final Map<String, Mapping> mappings = new ConcurrentHashMap<>();
    private final Map<String, Map<String, EntitySchema>> schemas = new ConcurrentHashMap<>();

    Pipelines(Contexts contexts) {
        this.contexts = contexts;
    }

    /** @throws city.emona.problem.Problem when the mapping or a schema is not valid */
    Pipeline of(Vertical vertical, SourceSpec spec, boolean demo) {
        Mapping mapping = mappings.computeIfAbsent(spec.mapping().expression(), Mapping::compile);
        Map<String, EntitySchema> models =
                schemas.computeIfAbsent(vertical.id() + " " + vertical.version(), _ -> Pipeline.schemas(vertical));
        return new Pipeline(vertical, spec, contexts, demo, mapping, models);
    }

    /** Differs when the same document could become something else. */
    static String fingerprint(Vertical vertical, SourceSpec spec) {
        String all = String.join(
                "\0",
                vertical.version().toString(),
                spec.address(),
                spec.format().toString(),
                spec.mapping().expression(),
                spec.personal().toString(),
                Map.copyOf(spec.variables()).entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .toList()
                        .toString());
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
