package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far a workload is ready, as its own status says; of the built-in kinds judged as {@code kubectl rollout status}
 * does. Of a custom kind its conditions Ready and Available count, else its numbers of ready and available replicas,
 * which every Argo Rollout has. Pure.
 *
 * @param wanted  the pods that it asks for now
 * @param ready   how many of them are ready; empty where its status does not say so
 * @param settled whether all of them are, and its controller has observed the number; empty where only its pods show
 *                that
 * @param trouble what its conditions say is wrong
 * @param hopeless whether its controller has given up
 */
record ReadyStatus(
        int wanted, Optional<Integer> ready, Optional<Boolean> settled, List<String> trouble, boolean hopeless) {

    private static final String ARGO = "argoproj.io";
    private static final String AVAILABLE = "availableReplicas";
    private static final String READY = "readyReplicas";
    private static final String UPDATED = "updatedReplicas";

    ReadyStatus {
        trouble = List.copyOf(trouble);
    }

    static ReadyStatus of(WorkloadKind kind, GenericKubernetesResource live) {
        int wanted = Workload.replicas(kind, live);
        return new ReadyStatus(wanted, ready(kind, live), settled(kind, live, wanted), trouble(live), isHopeless(live));
    }

    /** Whether the kind's status counts pods, so that a missing number is 0. */
    private static boolean isCounted(WorkloadKind kind) {
        return WorkloadKind.BUILT_IN.contains(kind)
                || kind.kind().equals("Rollout") && kind.group().equals(ARGO);
    }

    private static Optional<Integer> ready(WorkloadKind kind, GenericKubernetesResource live) {
        if (kind.isSuspended()) {
            return Optional.empty();
        }
        return isCounted(kind) && live.get("status") instanceof Map<?, ?> status && !status.isEmpty()
                ? Optional.of(number(live, READY).orElse(0))
                : number(live, READY);
    }

    private static Optional<Boolean> settled(WorkloadKind kind, GenericKubernetesResource live, int wanted) {
        if (kind.isSuspended() || wanted == 0) {
            return Optional.of(true);
        }
        if (isCounted(kind)) {
            return Optional.of(hasSeen(live, !(live.get("status") instanceof Map)) && hasAll(kind, live, wanted));
        }
        Optional<Boolean> stated = condition(live, "Ready", "Available")
                .or(() -> number(live, AVAILABLE).or(() -> number(live, READY)).map(number -> number >= wanted));
        return stated.map(ready -> ready && hasSeen(live, false));
    }

    private static boolean hasAll(WorkloadKind kind, GenericKubernetesResource live, int wanted) {
        int available = number(live, AVAILABLE).orElse(0);
        if (kind.equals(WorkloadKind.DEPLOYMENT)) {
            int updated = number(live, UPDATED).orElse(0);
            return updated >= wanted && number(live, "replicas").orElse(0) <= updated && available >= updated;
        }
        if (kind.equals(WorkloadKind.STATEFUL_SET)) {
            return number(live, READY).orElse(0) >= wanted
                    && number(live, AVAILABLE).orElse(wanted) >= wanted
                    && isUpdated(live, wanted);
        }
        return available >= wanted;
    }

    /**
     * Whether its pods are updated as far as they have to be: a StatefulSet with manual or partial updates need not
     * update all.
     */
    private static boolean isUpdated(GenericKubernetesResource set, int wanted) {
        boolean byHand = "OnDelete".equals(set.get("spec", "updateStrategy", "type"));
        int partition = set.get("spec", "updateStrategy", "rollingUpdate", "partition") instanceof Number number
                ? number.intValue()
                : 0;
        return byHand
                || Objects.equals(set.get("status", "currentRevision"), set.get("status", "updateRevision"))
                || number(set, UPDATED).orElse(0) >= wanted - partition;
    }

    /** Whether its controller has observed the latest change. Argo's controller writes the generation as a text. */
    private static boolean hasSeen(GenericKubernetesResource live, boolean withoutStatus) {
        long generation = Objects.requireNonNullElse(live.getMetadata().getGeneration(), 0L);
        Object observed = live.get("status", "observedGeneration");
        if (observed == null || !observed.toString().matches("[0-9]{1,18}")) {
            return !withoutStatus;
        }
        return Long.parseLong(observed.toString()) >= generation;
    }

    private static List<String> trouble(GenericKubernetesResource live) {
        return conditions(live)
                .filter(ReadyStatus::isTrouble)
                .map(condition -> text(condition, "message").isBlank()
                        ? text(condition, "reason")
                        : text(condition, "reason") + ": " + text(condition, "message"))
                .filter(words -> !words.isBlank())
                .distinct()
                .toList();
    }

    private static boolean isTrouble(Map<?, ?> condition) {
        boolean holds = text(condition, "status").equals("True");
        return switch (text(condition, "type")) {
            case "ReplicaFailure", "InvalidSpec" -> holds;
            case "Progressing", "Ready", "Healthy" -> !holds;
            default -> false;
        };
    }

    private static boolean isHopeless(GenericKubernetesResource live) {
        return conditions(live)
                .anyMatch(condition -> text(condition, "type").equals("Progressing")
                        && text(condition, "reason").equals("ProgressDeadlineExceeded"));
    }

    private static Optional<Boolean> condition(GenericKubernetesResource live, String... types) {
        return Stream.of(types)
                .flatMap(type -> conditions(live)
                        .filter(condition -> text(condition, "type").equals(type)))
                .findFirst()
                .map(condition -> text(condition, "status").equals("True"));
    }

    private static Stream<Map<?, ?>> conditions(GenericKubernetesResource live) {
        return live.get("status", "conditions") instanceof List<?> all
                ? all.stream().flatMap(one -> one instanceof Map<?, ?> map ? Stream.of(map) : Stream.of())
                : Stream.of();
    }

    private static String text(Map<?, ?> condition, String name) {
        return condition.get(name) instanceof String text ? text : "";
    }

    private static Optional<Integer> number(GenericKubernetesResource live, String name) {
        return live.get("status", name) instanceof Number number ? Optional.of(number.intValue()) : Optional.empty();
    }
}
