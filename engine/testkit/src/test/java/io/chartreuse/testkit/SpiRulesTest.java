package io.chartreuse.testkit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import org.junit.jupiter.api.Test;

class SpiRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.spi";
    }

    @Test
    void theSpiUsesNothingOfOurs() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.chartreuse.core..", "io.chartreuse.provider..", "io.chartreuse.cli..")
                .check(classes());
    }
}
