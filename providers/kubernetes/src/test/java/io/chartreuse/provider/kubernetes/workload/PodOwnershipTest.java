package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodOwnershipTest {

    private final PodOwnership ownership = new PodOwnership(
            new DeploymentBuilder()
                    .withNewMetadata()
                    .withUid("web")
                    .endMetadata()
                    .build(),
            () -> List.of(
                    new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withUid("web-1")
                            .addNewOwnerReference()
                            .withUid("web")
                            .withController(true)
                            .endOwnerReference()
                            .endMetadata()
                            .build(),
                    new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withUid("api-1")
                            .addNewOwnerReference()
                            .withUid("api")
                            .withController(true)
                            .endOwnerReference()
                            .endMetadata()
                            .build()));

    @Test
    void podsOfTheDeploymentsReplicaSetsCount() {
        assertTrue(ownership.owns(pod("ReplicaSet", "web-1", "Running")));
    }

    @Test
    void podsOfAReplicaSetThatIsNotKnownCountToo() {
        assertTrue(ownership.owns(pod("ReplicaSet", "web-2", "Pending")));
    }

    @Test
    void podsThatTheSelectorMatchesByChanceDoNotCount() {
        assertFalse(ownership.owns(pod("ReplicaSet", "api-1", "Running")));
        assertFalse(ownership.owns(pod("StatefulSet", "db", "Running")));
    }

    @Test
    void podsThatEndedDoNotCount() {
        assertFalse(RemainingPod.mayRun(pod("ReplicaSet", "web-1", "Failed")));
        assertFalse(RemainingPod.mayRun(pod("ReplicaSet", "web-1", "Succeeded")));
        assertTrue(RemainingPod.mayRun(pod("ReplicaSet", "web-1", "Running")));
    }

    @Test
    void aPodThatIsLeftSaysWhy() {
        Pod pod = new PodBuilder(pod("ReplicaSet", "web-1", "Running"))
                .editMetadata()
                .withName("web-1-x")
                .withDeletionTimestamp("2026-11-22T07:00:00Z")
                .withDeletionGracePeriodSeconds(300L)
                .withFinalizers("a/b")
                .endMetadata()
                .withNewSpec()
                .withNodeName("n1")
                .endSpec()
                .editStatus()
                .withReason("NodeLost")
                .endStatus()
                .build();

        assertEquals(
                "web-1-x (has to end by 2026-11-22T07:00:00Z, grace period 300 s, held by finalizer a/b,"
                        + " node n1 does not answer)",
                RemainingPod.of(pod).toString());
    }

    private static Pod pod(String ownerKind, String ownerUid, String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .addNewOwnerReference()
                .withKind(ownerKind)
                .withUid(ownerUid)
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }
}
