package io.chartreuse.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import io.chartreuse.spi.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house that hold in every module. A module's tests extend this and name its package. */
public abstract class HouseRules {

    private static final List<String> EMPTY_WORDS = List.of("Impl", "Helper", "Util", "Utils", "Manager", "Data");

    /** The module's root package: {@code io.chartreuse.core}. */
    protected abstract String rootPackage();

    /** The package whose classes may write to standard streams; only the command line has one. */
    protected String viewPackage() {
        return "nowhere";
    }

    private JavaClasses classes;

    protected final JavaClasses classes() {
        if (classes == null) {
            classes = new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(rootPackage());
        }
        return classes;
    }

    /** The common pool has one thread fewer than the processors: a task that waits in it blocks all others. */
    @Test
    void nobodyWaitsInTheCommonPool() {
        noClasses()
                .should()
                .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
                .orShould()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .check(classes());
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        ArchRule rule = slices().matching(rootPackage() + ".(*)..").should().beFreeOfCycles();
        rule.allowEmptyShould(true).check(classes());
    }

    @Test
    void onlyViewsWriteToStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage(viewPackage() + "..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("what the user sees is the command line's to decide")
                .check(classes());
    }

    @Test
    void theClockIsInjected() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("time comes from the clock that is handed in")
                .check(classes());
        noClasses()
                .that()
                .resideOutsideOfPackage("io.chartreuse.cli..")
                .should()
                .callMethod(Clock.class, "systemUTC")
                .allowEmptyShould(true)
                .check(classes());
    }

    @Test
    void namesSayWhatAThingIs() {
        ArchRuleDefinition.classes().should(bearATellingName()).check(classes());
    }

    private static ArchCondition<JavaClass> bearATellingName() {
        return new ArchCondition<>("have a name that says what they test") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                EMPTY_WORDS.stream()
                        .filter(word -> type.getSimpleName().endsWith(word))
                        .forEach(word ->
                                events.add(SimpleConditionEvent.violated(type, type.getName() + " ends in " + word)));
            }
        };
    }

    @Test
    void publicTypesShowNoLibraryOfOthers() {
        ArchRuleDefinition.methods()
                .that()
                .areDeclaredInClassesThat()
                .haveModifier(JavaModifier.PUBLIC)
                .and()
                .arePublic()
                .should()
                .notHaveRawReturnType(resideInAPackage("io.fabric8..")
                        .or(resideInAPackage("org.flywaydb.."))
                        .or(resideInAPackage("picocli..")))
                .allowEmptyShould(true)
                .check(classes());
    }

    @Test
    void everyErrorCodeHasAnEntryForPeople() throws IOException {
        String page = Files.readString(errorPage());
        List<String> missing = classes().stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(ErrorCode.class))
                .flatMap(type -> Stream.of(type.reflect().getEnumConstants()))
                .map(constant -> ((ErrorCode) constant).code())
                .filter(code -> !documented(page, code))
                .toList();
        assertEquals(List.of(), missing, "engine/docs/errors.md should tell problem and remedy of these codes");
    }

    private static boolean documented(String page, String code) {
        int heading = page.indexOf("\n### " + code + "\n");
        int next = page.indexOf("\n#", heading + 2);
        String entry = heading < 0 ? "" : page.substring(heading, next < 0 ? page.length() : next);
        return entry.contains("Problem:") && entry.contains("Remedy:");
    }

    private static Path errorPage() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve("engine/docs/errors.md");
    }
}
