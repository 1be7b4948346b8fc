package city.emona;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The house of ARCHITECTURE.md: imports point down, and no packages form a circle. */
class HouseTest {
    /** The floors from the ground up, each with its packages. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("http", "json", "problem", "config", "geo", "time"),
            List.of("context", "query"),
            List.of("store"),
            List.of("access", "broker"),
            List.of("vertical"),
            List.of("governance", "catalogue", "participation"),
            List.of("portal", "api"),
            List.of("app"));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("city.emona");

    @Test
    void importsPointDown() {
        Architectures.LayeredArchitecture house =
                Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (int i = 0; i < FLOORS.size(); i++) {
            String[] packages =
                    FLOORS.get(i).stream().map(p -> "city.emona." + p + "..").toArray(String[]::new);
            house = house.optionalLayer("floor " + i).definedBy(packages);
        }
        for (int i = 0; i < FLOORS.size() - 1; i++) {
            String[] above = IntStream.range(i + 1, FLOORS.size())
                    .mapToObj(k -> "floor " + k)
                    .toArray(String[]::new);
            house = house.whereLayer("floor " + i).mayOnlyBeAccessedByLayers(above);
        }
        house.whereLayer("floor " + (FLOORS.size() - 1))
                .mayNotBeAccessedByAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCircle() {
        slices().matching("city.emona.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void everyPackageHasAFloor() {
        List<String> known = FLOORS.stream().flatMap(List::stream).toList();
        assertThat(CLASSES)
                .extracting(JavaClass::getPackageName)
                .allSatisfy(name -> assertThat(known).contains(name.split("\\.")[2]));
    }

    @Test
    void everyPackageIsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(CLASSES);
    }

    @Test
    void librariesAreKnownToOnePackageEach() {
        noClasses()
                .that()
                .resideOutsideOfPackage("city.emona.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("city.emona.store.local..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("city.emona.broker.delivery..", "city.emona.vertical.source..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("city.emona.geo..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.locationtech..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("city.emona.vertical.format..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("de.siegmar..", "org.dhatim..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("city.emona.broker.delivery..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.mail..", "org.eclipse.angus..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages("city.emona.store..", "city.emona.app..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("city.emona.store.local..")
                .check(CLASSES);
    }
}
