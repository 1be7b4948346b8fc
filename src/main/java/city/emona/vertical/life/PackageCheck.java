package city.emona.vertical.life;

import city.emona.context.Contexts;
import city.emona.http.OutgoingGate;
import city.emona.problem.Problem;
import city.emona.vertical.Finding;
import city.emona.vertical.Findings;
import city.emona.vertical.MigrationSpec;
import city.emona.vertical.PackageContent;
import city.emona.vertical.PackageGuard;
import city.emona.vertical.SourceSpec;
import city.emona.vertical.VerticalReader;
import city.emona.vertical.mapping.Mapping;
import city.emona.vertical.source.VerticalTester;
import java.nio.file.Path;
import java.util.List;

/** Everything that is looked at before a package may be installed: what it holds, and whether its declarations are right. */
public final class PackageCheck {
    private final Contexts contexts;
    private final OutgoingGate gate;

    /** @param gate says which addresses lead into the inner network */
    public PackageCheck(Contexts contexts, OutgoingGate gate) {
        this.contexts = contexts;
        this.gate = gate;
    }

    /** Everything that is wrong with the package in a folder; none when it may be installed. */
    public List<Finding> check(Path folder) {
        Findings findings = new Findings();
        PackageContent.ofFolder(folder, findings).ifPresent(content -> check(content, folder, findings));
        return findings.list();
    }

    /**
     * Everything that is wrong with a package.
     *
     * @param folder where it lies unpacked
     */
    public void check(PackageContent content, Path folder, Findings findings) {
        PackageGuard.check(content, gate, findings);
        for (Finding finding : new VerticalTester(contexts).check(folder)) {
            findings.add(finding.file(), finding.line(), finding.reason(), finding.remedy());
        }
        VerticalReader.read(folder, contexts, new Findings()).ifPresent(vertical -> {
            for (MigrationSpec migration : vertical.packaging().migrations()) {
                for (SourceSpec.MappingSpec mapping : migration.types().values()) {
                    checkMapping(mapping, findings);
                }
            }
        });
    }

    private static void checkMapping(SourceSpec.MappingSpec mapping, Findings findings) {
        try {
            Mapping.compile(mapping.expression());
        } catch (Problem e) {
            findings.add(mapping.file(), 0, e.detail(), e.remedy());
        }
    }
}
