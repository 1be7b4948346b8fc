package city.emona.context;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an entity is shown (ETSI GS CIM 009 clauses 4.3.6.8, 4.5.3 to 4.5.5, 4.5.20, 4.15 and 4.21).
 *
 * @param systemAttributes whether createdAt, modifiedAt and expiresAt are shown
 * @param datasets the only datasets shown, an empty string being the default instance; null for all
 * @param languages the languages in which language properties are shown, as properties; null for the whole language maps
 * @param version the version of the specification to which what is shown conforms
 */
public record Representation(
        Format format,
        boolean systemAttributes,
        Projection projection,
        @Nullable Set<String> datasets,
        @Nullable LanguageFilter languages,
        SpecificationVersion version) {

    /** The whole entity, normalized. */
    public static final Representation NORMALIZED =
            new Representation(Format.NORMALIZED, false, Projection.ALL, null, null, SpecificationVersion.CURRENT);

    /** The three forms of clause 6.3.7. */
    public enum Format {
        NORMALIZED,
        CONCISE,
        SIMPLIFIED
    }

    public Representation {
        datasets = datasets == null ? null : Set.copyOf(datasets);
    }

    public Representation withFormat(Format changed) {
        return new Representation(changed, systemAttributes, projection, datasets, languages, version);
    }

    public Representation withSystemAttributes(boolean changed) {
        return new Representation(format, changed, projection, datasets, languages, version);
    }

    public Representation withProjection(Projection changed) {
        return new Representation(format, systemAttributes, changed, datasets, languages, version);
    }

    public Representation withDatasets(@Nullable Set<String> changed) {
        return new Representation(format, systemAttributes, projection, changed, languages, version);
    }

    public Representation withLanguages(@Nullable LanguageFilter changed) {
        return new Representation(format, systemAttributes, projection, datasets, changed, version);
    }

    public Representation withVersion(SpecificationVersion changed) {
        return new Representation(format, systemAttributes, projection, datasets, languages, changed);
    }

    /** How the entities are shown to which a relationship, by its expanded name, leads. */
    public Representation within(String relationship) {
        return withProjection(projection.within(relationship));
    }

    /** Whether a member or an attribute, by its expanded name, is shown. */
    public boolean shows(String member) {
        return projection.shows(member);
    }

    /** Whether the instance of a dataset is shown; an empty string is the default instance. */
    public boolean showsDataset(String datasetId) {
        return datasets == null || datasets.contains(datasetId);
    }
}
