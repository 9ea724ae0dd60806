package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReadyStatusTest {

    private static final WorkloadKind ROLLOUT =
            new WorkloadKind("argoproj.io/v1alpha1", "Rollout", "rollouts", WorkloadKind.REPLICAS);
    private static final WorkloadKind QUEUE =
            new WorkloadKind("example.com/v1", "Queue", "queues", List.of("spec", "workers"));

    private static ReadyStatus of(WorkloadKind kind, String spec, String status) {
        return ReadyStatus.of(
                kind,
                Serialization.unmarshal(
                        """
                {"apiVersion": "%s", "kind": "%s", "metadata": {"name": "web", "uid": "1", "generation": 4},
                 "spec": %s, "status": %s}
                """.formatted(kind.apiVersion(), kind.kind(), spec, status), GenericKubernetesResource.class));
    }

    private static void assertSettled(boolean expected, WorkloadKind kind, String spec, String status) {
        assertEquals(Optional.of(expected), of(kind, spec, status).settled(), status);
    }

    @Test
    void aDeploymentIsReadyWhenAllOfItsPodsAreUpdatedAndAvailable() {
        String spec = "{\"replicas\": 3}";
        assertSettled(
                true,
                WorkloadKind.DEPLOYMENT,
                spec,
                "{\"observedGeneration\": 4, \"replicas\": 3, \"updatedReplicas\": 3, \"readyReplicas\": 3, \"availableReplicas\": 3}");
        assertSettled(
                false,
                WorkloadKind.DEPLOYMENT,
                spec,
                "{\"observedGeneration\": 3, \"replicas\": 3, \"updatedReplicas\": 3, \"readyReplicas\": 3, \"availableReplicas\": 3}");
        assertSettled(
                false,
                WorkloadKind.DEPLOYMENT,
                spec,
                "{\"observedGeneration\": 4, \"replicas\": 4, \"updatedReplicas\": 3, \"readyReplicas\": 4, \"availableReplicas\": 4}");
        assertSettled(
                false,
                WorkloadKind.DEPLOYMENT,
                spec,
                "{\"observedGeneration\": 4, \"replicas\": 3, \"updatedReplicas\": 3, \"readyReplicas\": 3, \"availableReplicas\": 2}");
        assertSettled(false, WorkloadKind.DEPLOYMENT, spec, "{\"observedGeneration\": 4}");
    }

    @Test
    void aStatusThatNoControllerHasWrittenYetSaysNothingReady() {
        ReadyStatus fresh = ReadyStatus.of(
                WorkloadKind.DEPLOYMENT,
                Serialization.unmarshal(
                        "{\"apiVersion\": \"apps/v1\", \"kind\": \"Deployment\", \"metadata\": {\"name\": \"web\"}, \"spec\": {\"replicas\": 1}}",
                        GenericKubernetesResource.class));
        assertEquals(Optional.of(false), fresh.settled());
        assertEquals(Optional.empty(), fresh.ready());
    }

    @Test
    void aStatefulSetIsReadyWhenItsPodsAreReadyAndUpdatedAsFarAsItsStrategyUpdatesThem() {
        String counts =
                "\"observedGeneration\": 4, \"readyReplicas\": 3, \"availableReplicas\": 3, \"currentRevision\": \"a\", \"updateRevision\": \"b\"";
        String spec = "{\"replicas\": 3}";
        assertSettled(false, WorkloadKind.STATEFUL_SET, spec, "{" + counts + ", \"updatedReplicas\": 1}");
        assertSettled(true, WorkloadKind.STATEFUL_SET, spec, "{" + counts + ", \"updatedReplicas\": 3}");
        assertSettled(
                true,
                WorkloadKind.STATEFUL_SET,
                "{\"replicas\": 3, \"updateStrategy\": {\"type\": \"RollingUpdate\", \"rollingUpdate\": {\"partition\": 2}}}",
                "{" + counts + ", \"updatedReplicas\": 1}");
        assertSettled(
                true,
                WorkloadKind.STATEFUL_SET,
                "{\"replicas\": 3, \"updateStrategy\": {\"type\": \"OnDelete\"}}",
                "{" + counts + "}");
        assertSettled(
                false,
                WorkloadKind.STATEFUL_SET,
                spec,
                "{\"observedGeneration\": 4, \"readyReplicas\": 2, \"availableReplicas\": 2, \"updatedReplicas\": 2}");
    }

    @Test
    void aRolloutOfArgoIsReadyWhenItsPodsAreAvailableWhateverStepItIsAt() {
        String spec = "{\"replicas\": 3}";
        assertSettled(
                true,
                ROLLOUT,
                spec,
                "{\"observedGeneration\": \"4\", \"phase\": \"Paused\", \"availableReplicas\": 3}");
        assertSettled(false, ROLLOUT, spec, "{\"observedGeneration\": \"3\", \"availableReplicas\": 3}");
        assertSettled(false, ROLLOUT, spec, "{\"observedGeneration\": \"4\", \"phase\": \"Progressing\"}");
    }

    @Test
    void anyOtherKindIsJudgedByItsConditionsElseByItsNumbersElseNotByItself() {
        String spec = "{\"workers\": 2}";
        assertSettled(true, QUEUE, spec, "{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}");
        assertSettled(
                false,
                QUEUE,
                spec,
                "{\"readyReplicas\": 2, \"conditions\": [{\"type\": \"Available\", \"status\": \"False\", \"reason\": \"NoBroker\"}]}");
        assertSettled(true, QUEUE, spec, "{\"readyReplicas\": 2}");
        assertSettled(false, QUEUE, spec, "{\"readyReplicas\": 1}");
        assertEquals(
                Optional.empty(), of(QUEUE, spec, "{\"phase\": \"Running\"}").settled());
        assertEquals(2, of(QUEUE, spec, "{}").wanted());
    }

    @Test
    void whatIsAtZeroAndWhatIsSuspendedNeedsNothing() {
        assertSettled(true, WorkloadKind.DEPLOYMENT, "{\"replicas\": 0}", "{\"observedGeneration\": 4}");
        assertSettled(true, WorkloadKind.CRON_JOB, "{\"suspend\": false}", "{}");
    }

    @Test
    void aQuotaAndADeadlineThatIsOverAreToldInTheClustersWords() {
        ReadyStatus web = of(WorkloadKind.DEPLOYMENT, "{\"replicas\": 2}", """
                {"observedGeneration": 4, "conditions": [
                  {"type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable", "message": "no minimum"},
                  {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate", "message": "exceeded quota: none"},
                  {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded", "message": "timed out"}]}
                """);
        assertEquals(
                List.of("FailedCreate: exceeded quota: none", "ProgressDeadlineExceeded: timed out"), web.trouble());
        assertTrue(web.hopeless());
        assertEquals(Optional.of(0), web.ready());
        assertFalse(of(WorkloadKind.DEPLOYMENT, "{\"replicas\": 2}", "{\"conditions\": \"none\"}")
                .hopeless());
    }
}
