package io.chartreuse.provider.kubernetes.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodTroubleTest {

    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"web-1\"}, \"status\": " + status
                        + "}",
                Pod.class);
    }

    @Test
    void aPodThatIsReadyIsNoLongerOnceItEnds() {
        Pod pod = pod("{\"conditions\": [{\"type\": \"Ready\", \"status\": \"True\"}]}");
        assertTrue(PodTrouble.isReady(pod));
        pod.getMetadata().setDeletionTimestamp("2026-11-22T07:00:00Z");
        assertFalse(PodTrouble.isReady(pod));
        assertEquals("is ending", PodTrouble.why(pod));
    }

    @Test
    void aPodThatNoNodeHasRoomForSaysSo() {
        assertEquals(
                Optional.of("Unschedulable: 0/3 nodes are available: 3 Insufficient memory."),
                PodTrouble.found(pod("""
                {"phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable",
                  "message": "0/3 nodes are available: 3 Insufficient memory."}]}
                """)));
    }

    @Test
    void aContainerThatEndsAgainAndAgainSaysHowItEndedBefore() {
        assertEquals(
                "container main: CrashLoopBackOff: back-off 40s restarting failed container"
                        + " (it ended before: Error, exit code 3)",
                PodTrouble.why(pod("""
                {"phase": "Running", "containerStatuses": [{"name": "main", "ready": false, "restartCount": 5, "image": "", "imageID": "",
                  "state": {"waiting": {"reason": "CrashLoopBackOff", "message": "back-off 40s restarting failed container"}},
                  "lastState": {"terminated": {"reason": "Error", "exitCode": 3}}}]}
                """)));
    }

    @Test
    void anInitContainerThatFailsIsFoundBeforeTheContainersThatWaitForIt() {
        assertEquals("container prepare: ImagePullBackOff", PodTrouble.why(pod("""
                {"phase": "Pending",
                 "initContainerStatuses": [{"name": "prepare", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                   "state": {"waiting": {"reason": "ImagePullBackOff"}}}],
                 "containerStatuses": [{"name": "main", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                   "state": {"waiting": {"reason": "PodInitializing"}}}]}
                """)));
    }

    @Test
    void aPodOnItsWayHasNoTroubleAndIsSaidToHaveNotStarted() {
        Pod pod = pod("""
                {"phase": "Pending", "containerStatuses": [{"name": "main", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                  "state": {"waiting": {"reason": "ContainerCreating"}}}]}
                """);
        assertEquals(Optional.empty(), PodTrouble.found(pod));
        assertEquals("has not started yet", PodTrouble.why(pod));
        assertEquals("has not started yet", PodTrouble.why(pod("{}")));
    }

    @Test
    void aPodThatWasEvictedSaysWhy() {
        assertEquals(
                "Evicted: The node was low on resource: memory.",
                PodTrouble.why(
                        pod(
                                "{\"phase\": \"Failed\", \"reason\": \"Evicted\", \"message\": \"The node was low on resource: memory.\"}")));
    }

    @Test
    void whatAContainerWritesAsItsLastMessageIsLeftOut() {
        String terminated =
                "{\"terminated\": {\"reason\": \"Error\", \"exitCode\": 1, \"message\": \"password=hunter2\"}}";
        Pod ended = pod("""
                {"phase": "Running", "containerStatuses": [{"name": "main", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                  "state": %s}]}
                """.formatted(terminated));
        Pod waits = pod("""
                {"phase": "Running", "containerStatuses": [{"name": "main", "ready": false, "restartCount": 0, "image": "", "imageID": "",
                  "state": {"waiting": {"reason": "CrashLoopBackOff"}}, "lastState": %s}]}
                """.formatted(terminated));

        assertEquals("container main ended: Error, exit code 1", PodTrouble.why(ended));
        assertEquals("container main: CrashLoopBackOff (it ended before: Error, exit code 1)", PodTrouble.why(waits));
    }

    @Test
    void theClustersMessageIsOneLineAndNotEndless() {
        String why =
                PodTrouble.why(pod("{\"phase\": \"Failed\", \"reason\": \"Evicted\", \"message\": \"first\\nsecond "
                        + "x".repeat(5000) + "\"}"));
        assertTrue(why.startsWith("Evicted: first second xx"), why);
        assertTrue(why.length() <= 301, why);
    }
}
