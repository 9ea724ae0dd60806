package io.chartreuse.provider.patroni;

import io.chartreuse.testkit.ProviderContract;

class PatroniContractTest extends ProviderContract {

    @Override
    protected String name() {
        return "patroni";
    }
}
