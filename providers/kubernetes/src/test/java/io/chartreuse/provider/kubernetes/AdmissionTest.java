package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.RELEASE;
import static io.chartreuse.provider.kubernetes.Sessions.after;
import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real API server's admission refuses; the in-process server admits everything. */
class AdmissionTest {

    private static final String RULES = """
            [{apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}]""";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private final SampleWorkloads workloads = cluster.workloads();
    private final Deque<HasMetadata> made = new ArrayDeque<>();
    private Path kubeconfig;

    @BeforeEach
    void install() {
        assumeTrue(cluster.isReal(), "the server of this process admits everything");
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        workloads.deployment("web", 2);
        workloads.expectedScale(RELEASE, "web", 1, 0);
    }

    @AfterEach
    void close() {
        mend();
        cluster.close();
    }

    @Test
    void aStartThatAPolicyRefusesIsToldInItsWordsAndFinishedByHand() throws InterruptedException {
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            refuse("""
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingAdmissionPolicy
                    metadata: {name: NAME}
                    spec:
                      failurePolicy: Fail
                      matchConstraints: {resourceRules: RULES}
                      validations: [{expression: "object.spec.replicas == 0", message: "no pods on Sundays"}]
                    """, """
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingAdmissionPolicyBinding
                    metadata: {name: NAME}
                    spec:
                      policyName: NAME
                      validationActions: [Deny]
                      matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}}
                    """);

            Diagnostic problem = refusal(provider, web);

            assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
            assertTrue(problem.summary().contains("no pods on Sundays"), problem.summary());
            assertTrue(problem.remedy().contains("kubectl get validatingadmissionpolicies"), problem.remedy());
            List<PrintedCommand> commands = PrintedCommand.in(problem.remedy());
            mend();
            awaitAdmission(true);
            commands.forEach(command -> command.run(cluster, kubeconfig));
            assertEquals(web.observed(), only(provider.refresh()).observed());
        }
    }

    @Test
    void aWebhookThatDoesNotAnswerIsAskedAgainAndThenNamed() throws InterruptedException {
        var hasty = Sessions.section().put("retryBudget", "3s");
        try (Provider provider = Sessions.provider(kubeconfig, hasty)) {
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            refuse("""
                    apiVersion: admissionregistration.k8s.io/v1
                    kind: ValidatingWebhookConfiguration
                    metadata: {name: NAME}
                    webhooks:
                    - name: freeze.chartreuse.test
                      clientConfig: {url: "https://127.0.0.1:1/"}
                      rules: RULES
                      namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAME}}
                      failurePolicy: Fail
                      sideEffects: None
                      admissionReviewVersions: [v1]
                    """);
            ReportedProgress told = new ReportedProgress();

            Diagnostic problem = assertThrows(ChartreuseException.class, () -> provider.converge(after(web), told))
                    .diagnostics()
                    .get(0);

            told.await("API server: it answered 500");
            assertEquals(KubernetesError.REQUEST_FAILED, problem.code());
            assertTrue(problem.summary().contains("freeze.chartreuse.test"), problem.summary());
            assertTrue(problem.remedy().contains("kubectl get validatingwebhookconfigurations"), problem.remedy());
            mend();
            awaitAdmission(true);
            assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        }
    }

    /** A quota limits the creation of pods, but not the scaling of a Deployment: the cluster keeps trying. */
    @Test
    void aQuotaDoesNotRefuseAStartAndPodsComeWhenItIsRaised() throws InterruptedException {
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            make("""
                    apiVersion: v1
                    kind: ResourceQuota
                    metadata: {name: none, namespace: NAME}
                    spec: {hard: {pods: "0"}}
                    """);

            assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));

            mend();
            workloads.awaitPodCount("web", 2);
        }
    }

    private Diagnostic refusal(Provider provider, Resource web) {
        return assertThrows(ChartreuseException.class, () -> provider.converge(after(web), Progress.NONE))
                .diagnostics()
                .get(0);
    }

    private void refuse(String... manifests) {
        for (String manifest : manifests) {
            make(manifest);
        }
        awaitAdmission(false);
    }

    private void make(String manifest) {
        String text = manifest.replace("NAME", cluster.namespace()).replace("RULES", RULES.strip());
        made.push(cluster.client()
                .resource(Serialization.unmarshal(text, GenericKubernetesResource.class))
                .create());
    }

    private void mend() {
        while (!made.isEmpty()) {
            cluster.client().resource(made.pop()).delete();
        }
    }

    /** Waits until the configuration takes effect. */
    private void awaitAdmission(boolean admitted) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (isAdmitted() != admitted) {
            assertTrue(System.nanoTime() < end, "admission does not change");
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private boolean isAdmitted() {
        try {
            var web = cluster.client()
                    .apps()
                    .deployments()
                    .inNamespace(cluster.namespace())
                    .withName("web");
            web.dryRun().patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"replicas\": 2}}");
            return true;
        } catch (KubernetesClientException refused) {
            return false;
        }
    }
}
