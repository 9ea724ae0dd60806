package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects that ask to be stopped but keep running are reported. */
class NotStoppedTest {

    private static final String ASKED =
            "labels: {app.kubernetes.io/instance: shop}, annotations: {chartreuse.io/stop: 'true'}";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void daemonSetsAndRunningJobsAreRefused() {
        manifests.daemonSet("logs", ASKED);
        manifests.ownJob("import", false, ASKED);

        List<Diagnostic> problems = findings();

        assertEquals(
                List.of("kubernetes.daemonset/logs", "kubernetes.job/import"),
                problems.stream()
                        .map(problem -> problem.address().orElseThrow().toString())
                        .toList());
        problems.forEach(problem -> {
            assertEquals(Severity.ERROR, problem.severity());
            assertEquals(KubernetesError.CANNOT_BE_STOPPED, problem.code());
        });
        assertTrue(problems.get(0).summary().startsWith("daemonset \"logs\" asks to be stopped"), problems.toString());
    }

    @Test
    void whatDoesNotRunIsAHookOrIsOfAnotherReleaseIsPassedOver() {
        manifests.ownJob("later", true, ASKED);
        manifests.ownJob("hook", false, ASKED.replace("'true'", "'true', helm.sh/hook: pre-upgrade"));
        manifests.ownJob("theirs", false, ASKED.replace("shop", "billing"));
        manifests.daemonSet("declined", ASKED.replace("'true'", "'false'"));

        assertEquals(List.of(), findings());
    }

    @Test
    void theJobsOfACronJobThatIsStoppedAreWaitedForAndNotRefused() {
        manifests.cronJob("nightly", false, ASKED);
        String uid = manifests.cronJob("nightly").get().getMetadata().getUid();
        manifests.ownJob(
                "nightly-1",
                false,
                ASKED
                        + ", ownerReferences: [{apiVersion: batch/v1, kind: CronJob, name: nightly, uid: %s, controller: true}]"
                                .formatted(uid));

        assertEquals(List.of(), findings());

        Manifests.patch(manifests.cronJob("nightly"), "{'metadata': {'annotations': {'chartreuse.io/stop': 'false'}}}");

        assertEquals(
                "kubernetes.job/nightly-1",
                only(findings()).address().orElseThrow().toString());
    }

    @Test
    void aPodWithoutAWorkloadAndARolloutThatTheConfigurationDoesNotNameAreWarnings() {
        cluster.withDefinition("rollouts-argoproj.yaml");
        manifests.pod("shell", ASKED);
        manifests.rollout("argoproj.io", "front", 2, ASKED);

        List<Diagnostic> warnings = findings();

        assertEquals(2, warnings.size(), warnings.toString());
        warnings.forEach(warning -> {
            assertEquals(Severity.WARNING, warning.severity());
            assertEquals(KubernetesError.NOT_STOPPED, warning.code());
        });
        Diagnostic rollout = warnings.stream()
                .filter(warning -> warning.summary().contains("front"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                rollout.remedy().endsWith("{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: front}"),
                rollout.remedy());
    }

    @Test
    void doctorShowsThemToo() {
        manifests.daemonSet("logs", ASKED);
        try (Provider provider = provider(Sessions.section())) {
            List<Check> failed = ((Preflight) provider)
                    .examine().stream().filter(Check::failed).toList();

            assertEquals(
                    "kubernetes.daemonset/logs kubernetes.cannot-be-stopped",
                    only(failed).subject());
        }
    }

    @Test
    void theyKeepNothingThatIsStoppedFromComingBack() throws InterruptedException {
        manifests.statefulSet("db", 1, ASKED);
        try (Provider provider = provider(Sessions.section())) {
            provider.converge(during(only(provider.refresh())), Progress.NONE);
            manifests.daemonSet("logs", ASKED);

            assertEquals(
                    Severity.WARNING,
                    only(provider.refresh().stream()
                                    .flatMap(resource -> resource.findings().stream())
                                    .toList())
                            .severity());
        }
    }

    @Test
    void whatAnOperatorsObjectOwnsIsStoppedWithAWarningThatNamesTheOwner() {
        cluster.withDefinition("queues.yaml");
        manifests.queue("mail", 1);
        String uid = manifests.queue("mail").get().getMetadata().getUid();
        String owned = ASKED
                + ", ownerReferences: [{apiVersion: chartreuse.test/v1, kind: Queue, name: mail, uid: %s, controller: true}]"
                        .formatted(uid);
        manifests.statefulSet("mail", 1, owned);

        Diagnostic warning = only(findings());

        assertEquals(Severity.WARNING, warning.severity());
        assertEquals(KubernetesError.WORKLOAD_OWNED, warning.code());
        assertTrue(warning.summary().contains("belongs to Queue \"mail\""), warning.summary());

        ObjectNode section = Sessions.section();
        section.set(
                "workloads",
                Sessions.yaml(
                        "{select: [{apiVersion: chartreuse.test/v1, kind: Queue, name: mail, replicasPath: .spec.size}]}"));
        try (Provider provider = provider(section)) {
            assertEquals(
                    List.of(),
                    provider.refresh().stream()
                            .flatMap(resource -> resource.findings().stream())
                            .toList(),
                    "the owner is stopped, too");
        }
    }

    @Test
    void aRuleThatNamesAKindWithoutReplicasIsRefused() {
        ObjectNode section = Sessions.section();
        section.set(
                "workloads",
                Sessions.yaml("{select: [{apiVersion: apps/v1, kind: DaemonSet, name: logs},"
                        + " {apiVersion: v1, kind: Pod, name: shell}]}"));

        ChartreuseException refused = assertThrows(ChartreuseException.class, () -> provider(section));

        assertEquals(2, refused.diagnostics().size());
        refused.diagnostics().forEach(problem -> assertEquals(KubernetesError.CANNOT_BE_STOPPED, problem.code()));
    }

    @Test
    void anObjectThatDropsItsReplicasIsRefusedRatherThanWaitedFor() {
        assumeTrue(cluster.isReal(), "the server of this process keeps fields that a kind does not have");
        cluster.client()
                .configMaps()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("settings")
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .build())
                .create();
        ObjectNode section = Sessions.section();
        section.set("workloads", Sessions.yaml("{select: [{apiVersion: v1, kind: ConfigMap, name: settings}]}"));
        try (Provider provider = provider(section)) {
            Resource settings = only(provider.refresh());

            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(during(settings), Progress.NONE));

            assertEquals(
                    KubernetesError.CANNOT_BE_STOPPED,
                    only(refused.diagnostics()).code());
        }
    }

    private List<Diagnostic> findings() {
        try (Provider provider = provider(Sessions.section())) {
            return provider.refresh().stream()
                    .flatMap(resource -> resource.findings().stream())
                    .collect(Collectors.toList());
        }
    }

    private Provider provider(ObjectNode section) {
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
