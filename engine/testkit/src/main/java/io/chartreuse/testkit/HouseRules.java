package io.chartreuse.testkit;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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
                .check(classes());
    }

    @Test
    void namesSayWhatAThingIs() {
        ArchRuleDefinition.classes().should(bearATellingName()).check(classes());
    }

    private static ArchCondition<JavaClass> bearATellingName() {
        return new ArchCondition<>("bear a telling name") {
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
}
