package io.chartreuse.provider.kubernetes.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;

/** Gives the provider's transport to a client that is compared with it. */
public final class OurTransport {

    private OurTransport() {}

    public static HttpClient.Factory of(Config config) {
        return new ClusterTransport(config);
    }
}
