package io.chartreuse.provider.patroni;

import io.chartreuse.testkit.HouseRules;

class PatroniRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.provider.patroni";
    }
}
