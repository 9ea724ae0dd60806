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
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.RightsReview;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.chartreuse.spi.text.Sha256;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a real API server checks rights. */
class RightsTest {

    private static final String USER = "chartreuse-restricted";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private Path kubeconfig;

    @BeforeEach
    void bindTheMinimalRole() {
        assumeTrue(cluster.isReal(), "the server of this process grants everything");
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"), USER);
        grant(role());
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void theMinimalRoleIsEnoughToStopAndStart() throws Exception {
        cluster.workloads().deployment("web", 2);
        cluster.workloads().autoscaler("web", 2, 5);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = only(provider.refresh());
            assertEquals(web.maintenance().orElseThrow(), provider.converge(during(web), Progress.NONE));
            assertEquals(web.desired(), provider.converge(after(web), Progress.NONE));
        }
    }

    @Test
    void theMinimalRoleIsEnoughForEveryKindThatEachClusterHas() throws Exception {
        Manifests manifests = new Manifests(cluster);
        String chosen = "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true'}";
        manifests.statefulSet("db", 1, chosen);
        manifests.replicaSet("lone", 1, chosen);
        manifests.cronJob("nightly", false, chosen);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            List<Resource> found = provider.refresh();
            assertEquals(3, found.size());
            for (Resource workload : found) {
                assertEquals(workload.maintenance().orElseThrow(), provider.converge(during(workload), Progress.NONE));
                assertEquals(workload.desired(), provider.converge(after(workload), Progress.NONE));
            }
        }
    }

    @Test
    void theMinimalRoleIsEnoughToKeepArtifactsAndTheLock() throws Exception {
        try (Backend backend = Sessions.backend(kubeconfig)) {
            String large = "1" + "0".repeat(400_000);
            backend.plans().save(new Artifact(Sha256.of(large), RELEASE, "1.0", NOON, large, ""));
            assertEquals(1, backend.plans().list().size());

            Artifact run = backend.journal().write(new Artifact("run-1", RELEASE, "1.0", NOON, "{}", ""));
            backend.journal().write(new Artifact("run-1", RELEASE, "1.0", NOON, "{\"a\": 1}", run.version()));

            Lease lease = backend.lock().write(new Lease("a", NOON, NOON, Duration.ofSeconds(15), ""));
            backend.lock().delete(backend.lock().write(lease));
        }
    }

    @Test
    void aRightThatIsMissingInTheMiddleIsNamed() {
        cluster.workloads().deployment("web", 1);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        Role withoutWatch = role();
        withoutWatch.getRules().stream()
                .filter(rule -> rule.getResources().contains("pods"))
                .forEach(rule -> rule.setVerbs(List.of("list")));
        grant(withoutWatch);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            Resource web = only(provider.refresh());

            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(during(web), Progress.NONE));

            assertEquals(KubernetesError.FORBIDDEN, refused.diagnostics().get(0).code());
            assertTrue(refused.getMessage().startsWith("may not watch pods"), refused.getMessage());
        }
    }

    @Test
    void rightsThatAreTakenAwayWhileAWorkloadIsStoppedAreNamedWithTheCommandsThatBringItBack() throws Exception {
        cluster.workloads().deployment("web", 2);
        cluster.workloads().autoscaler("web", 2, 5);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider =
                Sessions.provider(kubeconfig, Sessions.section().put("retryBudget", "2s"))) {
            Resource web = only(provider.refresh());
            provider.converge(during(web), Progress.NONE);
            Role without = role();
            without.getRules().stream()
                    .filter(rule -> rule.getResources().contains("deployments"))
                    .forEach(rule -> rule.setVerbs(List.of("get", "list")));
            grant(without);

            Diagnostic problem = assertThrows(
                            ChartreuseException.class, () -> provider.converge(after(web), Progress.NONE))
                    .diagnostics()
                    .get(0);

            assertEquals(KubernetesError.FORBIDDEN, problem.code());
            assertTrue(problem.summary().startsWith("may not patch deployments.apps \"web\""), problem.summary());
            Path administrator = cluster.writeKubeconfig(directory.resolve("administrator"));
            PrintedCommand.in(problem.remedy()).forEach(command -> command.run(cluster, administrator));
            assertEquals(web.observed(), only(provider.refresh()).observed());
        }
    }

    @Test
    void theMinimalRoleLacksNothingThatAPreflightOrAnExaminationAsksFor() {
        cluster.workloads().deployment("web", 2);
        cluster.workloads().autoscaler("web", 2, 5);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        try (Provider provider = Sessions.provider(kubeconfig);
                Backend backend = Sessions.backend(kubeconfig)) {
            List<Change> changes = List.of(during(only(provider.refresh())).change());
            Stream.of(provider, backend)
                    .map(Preflight.class::cast)
                    .flatMap(able -> Stream.concat(able.check(changes).stream(), able.examine().stream()))
                    .forEach(check -> assertTrue(check.problem().isEmpty(), check.toString()));
        }
    }

    @Test
    void aPreflightTellsAllMissingRightsAsRulesThatThenSuffice() {
        cluster.workloads().deployment("web", 2);
        cluster.workloads().autoscaler("web", 2, 5);
        cluster.workloads().expectedScale(RELEASE, "web", 1, 0);
        Role readOnly = role();
        readOnly.getRules()
                .forEach(rule -> rule.setVerbs(rule.getVerbs().stream()
                        .filter(List.of("get", "list")::contains)
                        .toList()));
        readOnly.getRules().removeIf(rule -> rule.getVerbs().isEmpty());
        grant(readOnly);
        try (Provider provider = Sessions.provider(kubeconfig);
                Backend backend = Sessions.backend(kubeconfig)) {
            List<Change> changes = List.of(during(only(provider.refresh())).change());

            Check workloads = ((Preflight) provider).check(changes).get(0);
            List<Check> records = ((Preflight) backend).check(changes);

            assertEquals(
                    """
                    Add these rules to the Role of the user or service account in namespace %s:
                    - apiGroups: [""]
                      resources: [pods]
                      verbs: [watch]
                    - apiGroups: [apps]
                      resources: [deployments]
                      resourceNames: [web]
                      verbs: [patch]
                    - apiGroups: [autoscaling]
                      resources: [horizontalpodautoscalers]
                      verbs: [patch]""".formatted(cluster.namespace()),
                    workloads.problem().orElseThrow().remedy());
            assertEquals(
                    List.of(true, false), records.stream().map(Check::failed).toList(), "events are optional");

            grantAlso(readOnly, workloads, records.get(0), records.get(1));
            assertTrue(((Preflight) provider).check(changes).get(0).problem().isEmpty());
            assertTrue(((Preflight) backend)
                    .check(changes).stream().allMatch(check -> check.problem().isEmpty()));
        }
    }

    @Test
    void whereOneRightToReadIsMissingAllThatAreMissingAreSaid() {
        Role shortened = role();
        shortened
                .getRules()
                .removeIf(rule -> rule.getResources().contains("cronjobs")
                        || rule.getResources().contains("horizontalpodautoscalers"));
        grant(shortened);
        cluster.workloads().deployment("web", 1);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            ChartreuseException refused = assertThrows(ChartreuseException.class, provider::refresh);

            Diagnostic missing = only(refused.diagnostics());
            assertEquals(KubernetesError.RIGHTS_MISSING, missing.code());
            assertTrue(missing.remedy().contains("cronjobs"), missing.remedy());
            assertTrue(missing.remedy().contains("horizontalpodautoscalers"), missing.remedy());
        }
    }

    @Test
    void rightsAreReviewedForAnyPlanBeforeOneIsMade() {
        Role none = role();
        none.getRules().removeIf(rule -> !rule.getResources().contains("deployments"));
        grant(none);
        try (Provider provider = Sessions.provider(kubeconfig);
                Backend backend = Sessions.backend(kubeconfig)) {
            List<Check> checks = Stream.of(provider, backend)
                    .map(RightsReview.class::cast)
                    .flatMap(able -> able.reviewRights().stream())
                    .toList();

            assertEquals(
                    List.of(true, false, true, false),
                    checks.stream().map(Check::failed).toList(),
                    "what a run can do without is a warning");
            assertTrue(checks.stream().allMatch(check -> check.problem().isPresent()), checks.toString());
        }
    }

    /** Grants the rights in the remedies. */
    private void grantAlso(Role role, Check... checks) {
        for (Check check : checks) {
            String remedy = check.problem().orElseThrow().remedy();
            String rules = remedy.substring(remedy.indexOf('\n') + 1);
            Role pasted = Serialization.unmarshal(
                    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nrules:\n" + rules, Role.class);
            role.getRules().addAll(pasted.getRules());
        }
        grant(role);
    }

    @Test
    void aNamespaceThatDoesNotExistIsNamed() {
        var section = Sessions.section()
                .put("namespace", "chartreuse-nowhere")
                .put(
                        "kubeconfig",
                        cluster.writeKubeconfig(directory.resolve("admin")).toString());
        try (Backend backend = new KubernetesBackendFactory().create(section, Sessions.context(directory, Map.of()))) {
            ChartreuseException refused = assertThrows(
                    ChartreuseException.class,
                    () -> backend.plans().save(new Artifact(Sha256.of("{}"), RELEASE, "1.0", NOON, "{}", "")));

            assertEquals(
                    KubernetesError.REQUEST_FAILED, refused.diagnostics().get(0).code());
            assertTrue(refused.getMessage().contains("namespaces \"chartreuse-nowhere\" not found"));
        }
    }

    private static Role role() {
        var in = RightsTest.class.getResourceAsStream("minimal-role.yaml");
        return Serialization.unmarshal(in, Role.class);
    }

    private void grant(Role role) {
        List<PolicyRule> rules = role.getRules();
        var roles = cluster.client().rbac().roles().inNamespace(cluster.namespace());
        if (roles.withName("chartreuse").get() != null) {
            roles.withName("chartreuse").edit(live -> {
                live.setRules(rules);
                return live;
            });
            return;
        }
        roles.resource(role).create();
        cluster.client()
                .rbac()
                .roleBindings()
                .inNamespace(cluster.namespace())
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("chartreuse")
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "chartreuse")
                        .addNewSubject("rbac.authorization.k8s.io", "User", USER, null)
                        .build())
                .create();
    }
}
