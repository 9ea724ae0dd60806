package io.chartreuse.provider.postgres;

import io.chartreuse.testkit.ProviderContract;

class PostgresContractTest extends ProviderContract {

    @Override
    protected String name() {
        return "postgres";
    }
}
