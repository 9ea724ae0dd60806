package io.chartreuse.provider.postgres;

import io.chartreuse.testkit.HouseRules;

class PostgresRulesTest extends HouseRules {

    @Override
    protected String rootPackage() {
        return "io.chartreuse.provider.postgres";
    }
}
