package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.during;
import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Preflight;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Severity;
import io.chartreuse.spi.model.Step;
import io.chartreuse.spi.provider.Progress;
import io.chartreuse.spi.provider.Provider;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster deletes the volumes of some StatefulSets at 0 replicas: these are not stopped. */
class VolumeLossTest {

    private static final String ASKED = "labels: {release: shop}, annotations: {chartreuse.io/stop: 'true'}";
    private static final String DELETE = "{whenScaled: Delete, whenDeleted: Retain}";
    private static final String DELETES =
            "{'spec': {'persistentVolumeClaimRetentionPolicy': {'whenScaled': 'Delete', 'whenDeleted': 'Retain'}}}";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withDefinition("queues.yaml");
    private final Manifests manifests = new Manifests(cluster);

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aStatefulSetThatWouldLoseItsVolumesIsRefusedWithTheirNamesAndTheWayOut() {
        manifests.statefulSetWithVolumes("ledger", 3, ASKED, DELETE);
        try (Provider provider = provider()) {
            Diagnostic loss = only(only(provider.refresh()).findings());

            assertEquals(Severity.ERROR, loss.severity());
            assertEquals(KubernetesError.VOLUMES_WOULD_BE_DELETED, loss.code());
            assertEquals(ErrorType.USER, loss.code().type());
            assertTrue(loss.summary().startsWith("statefulset \"ledger\" cannot be stopped"), loss.summary());
            assertTrue(loss.summary().contains("(books-ledger-0 to books-ledger-2)"), loss.summary());
            assertTrue(
                    loss.remedy().contains("kubectl -n " + cluster.namespace() + " patch statefulset ledger"),
                    loss.remedy());
        }
    }

    @Test
    void oneThatKeepsItsVolumesHasNoneOrIsAtZeroIsNot() {
        manifests.statefulSetWithVolumes("keeps", 1, ASKED, "{whenScaled: Retain, whenDeleted: Delete}");
        manifests.statefulSetWithVolumes("at-zero", 0, ASKED, DELETE);
        manifests.statefulSet("without", 1, ASKED);
        Manifests.patch(manifests.statefulSet("without"), DELETES);
        try (Provider provider = provider()) {
            List<Resource> found = provider.refresh();

            assertEquals(3, found.size());
            found.forEach(resource -> assertEquals(List.of(), resource.findings()));
        }
    }

    @Test
    void aPolicyThatChangesAfterThePlanIsNoticedBeforeAnythingIsTouchedAndAgainBeforeTheStop() {
        manifests.statefulSetWithVolumes("ledger", 1, ASKED, "{whenScaled: Retain, whenDeleted: Retain}");
        try (Provider planning = provider();
                Provider provider = provider()) {
            Step stop = during(only(planning.refresh()));
            provider.refresh();
            Manifests.patch(manifests.statefulSet("ledger"), DELETES);

            ChartreuseException refused =
                    assertThrows(ChartreuseException.class, () -> provider.converge(stop, Progress.NONE));
            assertEquals(
                    KubernetesError.VOLUMES_WOULD_BE_DELETED,
                    only(refused.diagnostics()).code());
            provider.refresh();
            Check failed = only(((Preflight) provider)
                    .check(List.of(stop.change())).stream()
                            .filter(Check::failed)
                            .toList());
            assertEquals(
                    KubernetesError.VOLUMES_WOULD_BE_DELETED,
                    failed.problem().orElseThrow().code());
            GenericKubernetesResource live = manifests.statefulSet("ledger").get();
            assertEquals(1, ((Number) live.get("spec", "replicas")).intValue());
        }
    }

    @Test
    void whatControlsSuchAStatefulSetIsRefusedToo() {
        manifests.queue("mail", 1);
        String uid = manifests.queue("mail").get().getMetadata().getUid();
        manifests.statefulSetWithVolumes(
                "mail",
                2,
                "ownerReferences: [{apiVersion: chartreuse.test/v1, kind: Queue, name: mail, uid: %s, controller: true}]"
                        .formatted(uid),
                DELETE);
        ObjectNode section = Sessions.section();
        section.set(
                "workloads",
                Sessions.yaml(
                        "{select: [{apiVersion: chartreuse.test/v1, kind: Queue, name: mail, replicasPath: .spec.size}]}"));
        try (Provider provider = provider(section)) {
            Diagnostic loss = only(only(provider.refresh()).findings());

            assertEquals(KubernetesError.VOLUMES_WOULD_BE_DELETED, loss.code());
            assertTrue(loss.summary().contains("books-mail-0 to books-mail-1"), loss.summary());
        }
    }

    @Test
    void itKeepsNothingElseFromComingBack() throws InterruptedException {
        manifests.statefulSet("queue", 1, ASKED);
        try (Provider provider = provider()) {
            provider.converge(during(only(provider.refresh())), Progress.NONE);
            manifests.statefulSetWithVolumes("ledger", 1, ASKED, DELETE);

            List<Resource> found = provider.refresh();

            assertEquals(2, found.size());
            found.stream()
                    .flatMap(resource -> resource.findings().stream())
                    .forEach(finding -> assertEquals(Severity.WARNING, finding.severity()));
        }
    }

    private Provider provider() {
        return provider(Sessions.section());
    }

    private Provider provider(ObjectNode section) {
        return Sessions.provider(cluster.writeKubeconfig(directory.resolve("kubeconfig")), section);
    }
}
