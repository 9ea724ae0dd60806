package io.chartreuse.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.chartreuse.testkit.HouseRules;
import org.junit.jupiter.api.Test;

/** The house's rules in the command line, and those that only it has. */
final class CliRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.cli";
    }

    @Override
    protected String viewPackage() {
        return "io.chartreuse.cli.view";
    }

    @Test
    void theCommandLineKnowsNoProvider() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.chartreuse.provider..", "io.fabric8..", "org.flywaydb..")
                .check(classes());
    }

    @Test
    void onlyTheEntryPointEndsTheVirtualMachine() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(Main.class.getName())
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(classes());
    }

    @Test
    void viewsDecideNothing() {
        noClasses()
                .that()
                .resideInAPackage("io.chartreuse.cli.view..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.chartreuse.cli.command..", "io.chartreuse.core.session.Session")
                .check(classes());
    }
}
