package city.emona.store;

import city.emona.problem.Problem;
import java.util.regex.Pattern;

/**
 * A tenant: a sealed set of entities (ETSI GS CIM 009 clause 4.14). A snapshot of a tenant (clause 4.3.7) is a sealed set of its own beside
 * it, which holds no other documents than those that the store itself needs.
 *
 * @param name the name in the {@code NGSILD-Tenant} header; empty for the default tenant
 * @param snapshot the id of the snapshot in the {@code NGSILD-Snapshot} header; empty for the tenant itself
 */
public record Tenant(String name, String snapshot) {
    /** The tenant of requests without the header. */
    public static final Tenant DEFAULT = new Tenant("");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /** Stands between the name and the snapshot in {@link #key}; neither of them can hold it. */
    private static final char SEPARATOR = '\u0001';

    public Tenant {
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw Problem.badRequestData(
                    "»" + name + "« is not a tenant name.",
                    "Use one to 64 letters, digits, underscores, dots and hyphens.");
        }
        for (int i = 0; i < snapshot.length(); i++) {
            if (snapshot.charAt(i) <= ' ') {
                throw Problem.badRequestData("The id of the snapshot is no URI.", "Use the id that its creation gave.");
            }
        }
    }

    public Tenant(String name) {
        this(name, "");
    }

    /** Whether this is the default tenant or a snapshot of it. */
    public boolean isDefault() {
        return name.isEmpty();
    }

    public boolean isSnapshot() {
        return !snapshot.isEmpty();
    }

    /** A snapshot of this tenant; an empty id stands for the tenant itself. */
    public Tenant withSnapshot(String id) {
        return id.equals(snapshot) ? this : new Tenant(name, id);
    }

    /** The tenant itself. */
    public Tenant withoutSnapshot() {
        return withSnapshot("");
    }

    /** The text that stands for it in the store. */
    public String key() {
        return snapshot.isEmpty() ? name : name + SEPARATOR + snapshot;
    }

    /** Reads what {@link #key} gives. */
    public static Tenant ofKey(String key) {
        int at = key.indexOf(SEPARATOR);
        return at < 0 ? new Tenant(key) : new Tenant(key.substring(0, at), key.substring(at + 1));
    }
}
