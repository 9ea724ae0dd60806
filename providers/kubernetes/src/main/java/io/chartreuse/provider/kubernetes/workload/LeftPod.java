package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;

/**
 * A pod that is still there, and why.
 *
 * @param name the pod's
 * @param why  for people: {@code terminating since 2026-11-22T07:00:00Z, grace period 300 s}
 */
record LeftPod(String name, String why) {

    static LeftPod of(Pod pod) {
        List<String> why = new ArrayList<>();
        if (pod.getMetadata().getDeletionTimestamp() == null) {
            why.add("not asked to stop yet");
        } else {
            why.add("terminating since " + pod.getMetadata().getDeletionTimestamp());
            Long grace = pod.getMetadata().getDeletionGracePeriodSeconds();
            if (grace != null) {
                why.add("grace period " + grace + " s");
            }
        }
        if (!pod.getMetadata().getFinalizers().isEmpty()) {
            why.add("held by finalizer " + String.join(", ", pod.getMetadata().getFinalizers()));
        }
        if (pod.getStatus() != null && pod.getStatus().getReason() != null) {
            why.add("status " + pod.getStatus().getReason());
        }
        return new LeftPod(pod.getMetadata().getName(), String.join(", ", why));
    }

    @Override
    public String toString() {
        return name + " (" + why + ")";
    }
}
