package io.chartreuse.provider.kubernetes;

import io.chartreuse.testkit.ProviderContract;

class KubernetesContractTest extends ProviderContract {

    @Override
    protected String name() {
        return "kubernetes";
    }
}
