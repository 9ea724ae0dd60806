package io.chartreuse.testkit;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The house's rules in the engine's core, and those that only the core has. */
class EngineRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.core";
    }

    @Test
    void whatDecidesDoesNoInputOrOutput() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.chartreuse.core.diff..",
                        "io.chartreuse.core.drift..",
                        "io.chartreuse.core.plan..",
                        "io.chartreuse.core.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.nio.file..", "java.net..", "java.nio.channels..", "org.slf4j..", "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|Input|Output|Reader|Writer|Print).*")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(classes());
    }

    @Test
    void theEngineKnowsNoProvider() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.chartreuse.provider..", "io.chartreuse.cli..", "io.fabric8..", "org.flywaydb..")
                .check(classes());
    }

    /** A pipe or a device in the place of a file would be waited for without an end. */
    @Test
    void filesOfOthersAreReadWithinBounds() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(type(Files.class)))
                        .and(target(
                                nameMatching("read(String|AllBytes|AllLines)|lines|newInputStream|newBufferedReader"))))
                .because("io.chartreuse.spi.text.BoundedFile reads them")
                .check(classes());
    }
}
