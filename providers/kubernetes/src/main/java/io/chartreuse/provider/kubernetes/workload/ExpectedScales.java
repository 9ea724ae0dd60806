package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.ApiException;
import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the ExpectedDeploymentScales of a release. */
public final class ExpectedScales {

    private static final ResourceDefinitionContext DEFINITION = new ResourceDefinitionContext.Builder()
            .withGroup("wiremind.io")
            .withVersion("v1")
            .withKind("ExpectedDeploymentScale")
            .withPlural("expecteddeploymentscales")
            .withNamespaced(true)
            .build();

    private static final String API_VERSION = "wiremind.io/v1";

    /** One of these labels is enough, as for the earlier tool: charts set one or the other. */
    private static final List<String> LABELS = List.of("app.kubernetes.io/instance", "release");

    private static final ApiRequest LIST = new ApiRequest("list", DEFINITION.getGroup(), DEFINITION.getPlural(), "");

    private final Cluster cluster;
    private final String release;

    public ExpectedScales(Cluster cluster, String release) {
        this.cluster = cluster;
        this.release = release;
    }

    /** The scales of the release by precedence; empty where the cluster does not know the type. */
    public List<ExpectedScale> read() {
        return items().stream()
                .map(ExpectedScales::parse)
                .sorted(ExpectedScale.PRECEDENCE)
                .toList();
    }

    private List<GenericKubernetesResource> items() {
        try {
            return cluster
                    .call(
                            LIST,
                            client -> client.genericKubernetesResources(DEFINITION)
                                    .inNamespace(cluster.namespace())
                                    .list()
                                    .getItems())
                    .stream()
                    .filter(this::isOfRelease)
                    .toList();
        } catch (ApiException e) {
            if (e.notFound() || e.forbidden() && cluster.resources(API_VERSION).isEmpty()) {
                return List.of();
            }
            throw e;
        }
    }

    private boolean isOfRelease(GenericKubernetesResource item) {
        Map<String, String> labels =
                Objects.requireNonNullElse(item.getMetadata().getLabels(), Map.of());
        return LABELS.stream().anyMatch(label -> release.equals(labels.get(label)));
    }

    private static ExpectedScale parse(GenericKubernetesResource item) {
        String name = item.getMetadata().getName();
        if (item.get("spec", "deploymentName") instanceof String deployment
                && item.get("spec", "expectedScale") instanceof Number scale) {
            int priority = item.get("spec", "priority") instanceof Number number ? number.intValue() : 0;
            return new ExpectedScale(name, deployment, scale.intValue(), priority);
        }
        throw new ChartreuseException(Diagnostic.error(
                KubernetesError.SCALE_INVALID,
                "the ExpectedDeploymentScale " + name + " lacks spec.deploymentName or spec.expectedScale",
                "Complete or delete it: kubectl edit expecteddeploymentscales.wiremind.io " + name));
    }
}
