package city.emona.vertical;

import java.time.Duration;
import java.util.List;

/**
 * What is promised of a dataset: the contract of its data. Names of attributes are expanded.
 *
 * @param freshness no entity's newest observation is older
 * @param complete the attributes that every entity has
 * @param unique the attribute of which no two entities of a type have the same value; empty where there is none
 * @param atLeast the share in per cent for which each promise holds, 0 to 100
 */
public record QualitySpec(Duration freshness, List<String> complete, String unique, double atLeast) {
    public QualitySpec {
        complete = List.copyOf(complete);
        if (!(atLeast >= 0 && atLeast <= 100)) {
            throw new IllegalArgumentException("»atLeast« is a share from 0 to 100, not " + atLeast);
        }
    }
}
