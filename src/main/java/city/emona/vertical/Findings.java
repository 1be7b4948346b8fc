package city.emona.vertical;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong, so that an author sees it at once. Not thread safe. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    public void add(String file, int line, String reason, String remedy) {
        all.add(new Finding(file, line, reason, remedy));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Everything found, by file and line. */
    public List<Finding> list() {
        return all.stream()
                .sorted(Comparator.comparing(Finding::file).thenComparingInt(Finding::line))
                .toList();
    }
}
