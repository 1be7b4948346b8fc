package city.emona.vertical.life;

import city.emona.json.Json;
import city.emona.problem.Problem;
import city.emona.problem.ProblemType;
import city.emona.vertical.Finding;
import city.emona.vertical.Vertical;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was found in a package.
 *
 * @param digest of the package; empty when it is not kept, since something is wrong
 * @param vertical what it declares; null when that cannot be read
 * @param findings none when it may be installed
 */
public record PackageReport(String digest, @Nullable Vertical vertical, List<Finding> findings) {
    private static final int MAX_TOLD = 20;

    public PackageReport {
        findings = List.copyOf(findings);
    }

    public Optional<Vertical> findVertical() {
        return Optional.ofNullable(vertical);
    }

    /** All findings as one problem. */
    static Problem problem(List<Finding> findings) {
        return new Problem(
                ProblemType.BAD_REQUEST_DATA,
                "The package is not right: "
                        + findings.stream()
                                .limit(MAX_TOLD)
                                .map(Finding::toString)
                                .collect(Collectors.joining(" ")),
                "Correct it.");
    }

    /** The report for programs. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        if (!digest.isEmpty()) {
            json.put("package", digest);
        }
        findVertical().ifPresent(found -> {
            json.put("vertical", found.id())
                    .put("urn", found.urn())
                    .put("version", found.version().toString());
            json.set("title", Plan.text(found.title()));
        });
        ArrayNode list = json.putArray("findings");
        for (Finding finding : findings) {
            list.addObject()
                    .put("file", finding.file())
                    .put("line", finding.line())
                    .put("reason", finding.reason())
                    .put("remedy", finding.remedy());
        }
        return json;
    }
}
