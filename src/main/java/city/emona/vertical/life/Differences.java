package city.emona.vertical.life;

import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageParts;
import city.emona.vertical.PackageParts.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What of one package another changes, part by part. */
final class Differences {
    private Differences() {}

    static List<Plan.Change> between(@Nullable PackageContent before, @Nullable PackageContent after, String vertical) {
        SortedMap<String, Part> old = before == null ? new TreeMap<>() : PackageParts.of(before);
        SortedMap<String, Part> next = after == null ? new TreeMap<>() : PackageParts.of(after);
        SortedMap<String, Part> all = new TreeMap<>(old);
        all.putAll(next);
        List<Plan.Change> changes = new ArrayList<>();
        all.forEach((key, part) -> {
            Part present = old.get(key);
            if (present == null) {
                changes.add(change(Plan.Effect.CREATE, part, vertical));
            } else if (!next.containsKey(key)) {
                changes.add(change(Plan.Effect.DELETE, part, vertical));
            } else if (!present.digest().equals(part.digest())) {
                changes.add(change(Plan.Effect.CHANGE, part, vertical));
            }
        });
        return changes;
    }

    private static Plan.Change change(Plan.Effect effect, Part part, String vertical) {
        return new Plan.Change(effect, part.kind(), part.id(), part.title(), Audience.of(part.kind(), vertical));
    }
}
