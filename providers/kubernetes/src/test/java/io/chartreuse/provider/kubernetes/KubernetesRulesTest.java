package io.chartreuse.provider.kubernetes;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.chartreuse.testkit.HouseRules;
import org.junit.jupiter.api.Test;

class KubernetesRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.provider.kubernetes";
    }

    /** A pod template would load three hundred classes of the client, which a plan does not need. */
    @Test
    void onlyWhatWaitsForJobsReadsTheirPodTemplates() {
        noClasses()
                .that()
                .doNotHaveSimpleName("JobDrain")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.api.model.batch..")
                .check(classes());
    }
}
