package city.emona.portal;

import java.util.List;
import java.util.Locale;

/** Operations that belong together. */
public record ApiGroup(String name, List<ApiOperation> operations) {
    /** The name of the place on the page. */
    public String anchor() {
        return name.toLowerCase(Locale.ROOT).replace(' ', '-');
    }
}
