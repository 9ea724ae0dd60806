package io.chartreuse.provider.kubernetes.workload;

import io.chartreuse.provider.kubernetes.cluster.FieldOwnership;
import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The current state of a workload and its autoscalers.
 *
 * @param replicas       that it asks for; for a kind that is suspended and not scaled, 0 or 1
 * @param holds          the holders that keep it stopped
 * @param stale          the holders whose marks are on it although it runs
 * @param formerReplicas its replicas when it was stopped; empty where the earlier tool stopped it
 * @param keepsFields    whether an aborted run still counts as the owner of fields, although no mark is on it
 * @param owner          its controller, for people: {@code Kafka "orders"}; that would scale it back
 * @param deletedClaims  the PersistentVolumeClaims that the cluster would delete if it was scaled to 0
 * @param readyPods      how many of its pods are ready, where its status reports that
 * @param autoscalers    sorted by name
 */
public record Workload(
        WorkloadKind kind,
        String name,
        String uid,
        int replicas,
        Holds holds,
        Holds stale,
        Optional<Integer> formerReplicas,
        boolean keepsFields,
        Optional<String> owner,
        List<String> deletedClaims,
        Optional<Integer> readyPods,
        List<Autoscaler> autoscalers) {

    private static final String RETAIN =
            " --type merge -p" + " '{\"spec\":{\"persistentVolumeClaimRetentionPolicy\":{\"whenScaled\":\"Retain\"}}}'";

    public Workload {
        deletedClaims = List.copyOf(deletedClaims);
        autoscalers = List.copyOf(autoscalers);
    }

    static Workload of(WorkloadKind kind, GenericKubernetesResource live, List<Autoscaler> autoscalers) {
        int replicas = replicas(kind, live);
        WorkloadMarks marks = WorkloadMarks.of(kind, live, replicas == 0);
        return new Workload(
                kind,
                live.getMetadata().getName(),
                live.getMetadata().getUid(),
                replicas,
                marks.held(),
                marks.stale(),
                marks.formerReplicas(),
                marks.isNone() && FieldOwnership.isOurs(live),
                controller(live).map(found -> found.getKind() + " \"" + found.getName() + "\""),
                DeletedClaims.of(kind, live),
                ReadyStatus.of(kind, live).ready(),
                autoscalers);
    }

    static int replicas(WorkloadKind kind, GenericKubernetesResource live) {
        Object value = live.get(kind.replicasPath().toArray());
        if (kind.isSuspended()) {
            return Boolean.TRUE.equals(value) ? 0 : 1;
        }
        return value instanceof Number number ? number.intValue() : 1;
    }

    /** The controller that manages it, and would at once undo a change of its replicas. */
    static Optional<OwnerReference> controller(GenericKubernetesResource live) {
        return live.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst();
    }

    /** Its name for people: {@code statefulset "db"}. */
    public String title() {
        return kind.word() + " \"" + name + "\"";
    }

    /** Its name in the form of {@link #owner}. */
    public String asOwner() {
        return kind.kind() + " \"" + name + "\"";
    }

    /** Whether none of it runs any more. */
    public boolean atZero() {
        return replicas == 0;
    }

    /** Whether all pods that it asks for are ready, as far as its status says so. */
    public boolean isReady() {
        return readyPods.map(ready -> ready >= replicas).orElse(true);
    }

    /**
     * Whether the earlier tool left it stopped. Before version 7.4 that tool wrote no mark on workloads, but it renamed
     * the target of the autoscaler, which shows that it stopped the workload.
     */
    boolean leftByEarlierTool() {
        return atZero() && holds.isEmpty() && autoscalers.stream().anyMatch(Autoscaler::isRenamed);
    }

    /** Whether that holder stopped it and it has not run since. */
    boolean stoppedBy(String holder) {
        return atZero() && holds.contains(holder);
    }

    /** Whether other holders keep it at 0: it starts when the last of them lets go. */
    public boolean stoppedByOtherThan(String holder) {
        return atZero() && !holds.without(holder).isEmpty();
    }

    /** The other holders that keep it at 0, for people. */
    public String holdersBeside(String holder) {
        return holds.without(holder).toString();
    }

    /** All marks on it, whether they count or not. */
    List<Hold> marks() {
        return Stream.concat(holds.all().stream(), stale.all().stream()).toList();
    }

    /** Whether marks of a stop are still on it or its autoscaler, although that runs. */
    boolean leftoverOf(String holder) {
        return !stale.isEmpty()
                || autoscalers.stream().anyMatch(scaler -> !scaler.paused() && scaler.resumableBy(holder, this));
    }

    /** Whether an aborted run still counts as the owner of fields of it or its autoscaler. */
    boolean leftOwned() {
        return keepsFields || autoscalers.stream().anyMatch(Autoscaler::keepsFields);
    }

    /** Whether it, or its autoscaler, carries that holder's mark. */
    public boolean marked(String holder) {
        return holds.contains(holder)
                || stale.contains(holder)
                || autoscalers.stream().anyMatch(scaler -> scaler.holds().contains(holder));
    }

    /** Whether it may start on its own, because its autoscaler scales from zero. */
    boolean startsByItself() {
        return autoscalers.stream().anyMatch(scaler -> scaler.min() == 0);
    }

    /** The same workload, whose stop also deletes these claims of the workloads that it controls. */
    Workload withDeletedClaims(List<String> more) {
        return new Workload(
                kind,
                name,
                uid,
                replicas,
                holds,
                stale,
                formerReplicas,
                keepsFields,
                owner,
                Stream.concat(deletedClaims.stream(), more.stream()).toList(),
                readyPods,
                autoscalers);
    }

    /** The finding that stopping it would delete its data; empty where it keeps the data, or is at 0 already. */
    public Optional<Diagnostic> volumeLoss(String namespace) {
        if (atZero() || deletedClaims.isEmpty()) {
            return Optional.empty();
        }
        String atOnce = WorkloadKind.BUILT_IN.contains(kind)
                ? ", or at once: kubectl -n " + namespace + " patch " + kind.word() + " " + name + RETAIN
                : "";
        return Optional.of(Diagnostic.error(
                KubernetesError.VOLUMES_WOULD_BE_DELETED,
                title() + " cannot be stopped without losing its data: at 0 replicas the cluster deletes its volumes ("
                        + String.join(", ", deletedClaims)
                        + "), since persistentVolumeClaimRetentionPolicy.whenScaled is Delete",
                "Set whenScaled to Retain where the workload is made (a chart's template)" + atOnce
                        + ". Or do not have it stopped"));
    }

    static Optional<Integer> number(String text) {
        try {
            return Optional.of(Integer.parseInt(text.strip())).filter(value -> value >= 0);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
