package city.emona.context;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an entity is shown (ETSI GS CIM 009 clauses 4.5.3 to 4.5.5, 4.5.20 and 4.21).
 *
 * @param systemAttributes whether createdAt, modifiedAt and expiresAt are shown
 * @param pick the only members shown: {@code id}, {@code type}, {@code scope} and expanded attribute names; null for all
 * @param omit the members not shown
 * @param datasets the only datasets shown, an empty string being the default instance; null for all
 */
public record Representation(
        Format format,
        boolean systemAttributes,
        @Nullable Set<String> pick,
        Set<String> omit,
        @Nullable Set<String> datasets) {

    /** The whole entity, normalized. */
    public static final Representation NORMALIZED = new Representation(Format.NORMALIZED, false, null, Set.of(), null);

    /** The three forms of clause 6.3.7. */
    public enum Format {
        NORMALIZED,
        CONCISE,
        SIMPLIFIED
    }

    public Representation {
        pick = pick == null ? null : Set.copyOf(pick);
        omit = Set.copyOf(omit);
        datasets = datasets == null ? null : Set.copyOf(datasets);
    }

    /** Whether a member or an attribute, by its expanded name, is shown. */
    public boolean shows(String member) {
        return (pick == null || pick.contains(member)) && !omit.contains(member);
    }

    /** Whether an instance is shown. */
    boolean showsDataset(String datasetId) {
        return datasets == null || datasets.contains(datasetId);
    }
}
