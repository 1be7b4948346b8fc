package city.emona.vertical;

import java.util.Map;

/**
 * How entities of an older version become those of this one.
 *
 * @param from the versions that it starts from
 * @param types for each type of the older version, by its short name, the JSONata expression that makes the new entity of the old one
 */
public record MigrationSpec(VersionRange from, Map<String, SourceSpec.MappingSpec> types) {
    public MigrationSpec {
        types = Map.copyOf(types);
    }
}
