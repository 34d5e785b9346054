package io.binday;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Profile;

/** Holds the package table of the design: who may import whom, and one door per framework. */
class ArchitectureTest {

    private static final String ROOT = "io.binday";
    private static final Pattern WRITTEN_BY_SPRING = Pattern.compile(".*__[^/]*\\.class");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // What Spring writes at the build.
            .withImportOption(location -> !location.matches(WRITTEN_BY_SPRING))
            .importPackages(ROOT);

    /** Package to the packages it may import. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("", Set.of("cli")),
            Map.entry("document", Set.of()),
            Map.entry("catalog", Set.of("document")),
            Map.entry("trash", Set.of("catalog")),
            Map.entry("binary", Set.of()),
            Map.entry("input", Set.of("catalog")),
            Map.entry("job", Set.of("document")),
            Map.entry("run", Set.of("input", "job", "trash", "binary", "catalog", "document")),
            Map.entry("schedule", Set.of("job", "run", "input", "trash", "catalog")),
            Map.entry("audit", Set.of("catalog", "trash", "run")),
            Map.entry(
                    "cli",
                    Set.of("audit", "schedule", "catalog", "trash", "binary", "input", "job", "run", "document")),
            Map.entry(
                    "platform",
                    Set.of(
                            "audit",
                            "schedule",
                            "catalog",
                            "trash",
                            "binary",
                            "input",
                            "job",
                            "run",
                            "cli",
                            "document")));

    @TestFactory
    Stream<DynamicTest> importsOnlyWhatTheTableAllows() {
        return MAY_IMPORT.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().isEmpty() ? "(root)" : entry.getKey(),
                        () -> assertThat(imported(entry.getKey())).isSubsetOf(entry.getValue())));
    }

    private static Set<String> imported(String name) {
        String full = name.isEmpty() ? ROOT : ROOT + "." + name;
        return CLASSES.stream()
                .filter(type -> type.getPackageName().equals(full))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency ->
                        dependency.getTargetClass().getBaseComponentType().getPackageName())
                .filter(target -> target.startsWith(ROOT) && !target.equals(full))
                .map(target -> target.equals(ROOT) ? "" : target.substring(ROOT.length() + 1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void knowsEveryPackage() {
        Set<String> packages = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .map(target -> target.equals(ROOT) ? "" : target.substring(ROOT.length() + 1))
                .collect(Collectors.toSet());
        assertThat(packages).isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void allowsNoCycles() {
        Set<String> settled = new TreeSet<>();
        boolean found = true;
        while (found) {
            found = settled.addAll(MAY_IMPORT.keySet().stream()
                    .filter(name -> settled.containsAll(MAY_IMPORT.getOrDefault(name, Set.of())))
                    .toList());
        }
        assertThat(settled).as("packages that can be put in an order").isEqualTo(MAY_IMPORT.keySet());
    }

    @Test
    void marksEveryPackageAsNullMarked() {
        classes()
                .that()
                .haveSimpleName("package-info")
                .should()
                .beAnnotatedWith(NullMarked.class)
                .check(CLASSES);
        assertThat(CLASSES.stream().filter(type -> type.getSimpleName().equals("package-info")))
                .hasSameSizeAs(MAY_IMPORT.keySet());
    }

    @Test
    void usesPicocliOnlyInTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void usesQuartzOnlyInScheduleAndPlatform() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".schedule", ROOT + ".platform")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.quartz..")
                .check(CLASSES);
    }

    @Test
    void usesSpringBatchOnlyInRunAndPlatform() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".run", ROOT + ".platform")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.batch..")
                .check(CLASSES);
    }

    /** The build decides on conditions (ahead-of-time processing), and it does not know the settings of an operator. */
    @Test
    void makesNoBeanDependOnASetting() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SchemaVersion")
                .should()
                .dependOnClassesThat(resideInAPackage("org.springframework..")
                        .and(simpleNameStartingWith("Conditional"))
                        .and(not(type(ConditionalOnMissingBean.class)))
                        .or(type(Profile.class)))
                .check(CLASSES);
    }

    @Test
    void speaksSqlOnlyInStoresCatalogAndInput() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".catalog", ROOT + ".input", ROOT + ".platform")
                .and()
                .haveNameNotMatching(".*Store(\\$.*)?")
                .and()
                .doNotHaveSimpleName("Operations")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.jdbc.core..")
                .check(CLASSES);
    }

    /** Time is the clock's; that of the process is only for how long something takes. */
    @Test
    void asksTheClockForTheTime() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callConstructor(Date.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(CLASSES);
    }
}
