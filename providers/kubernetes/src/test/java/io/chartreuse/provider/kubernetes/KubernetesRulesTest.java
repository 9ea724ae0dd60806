package io.chartreuse.provider.kubernetes;

import io.chartreuse.testkit.HouseRules;

class KubernetesRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.provider.kubernetes";
    }
}
