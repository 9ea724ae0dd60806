package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides which workloads of an inventory to stop, and for which reasons. For one use. Pure. */
final class WorkloadSelector {

    private static final Comparator<Key> ORDER = Comparator.comparing(
                    (Key key) -> key.kind().kind())
            .thenComparing(key -> key.kind().apiVersion())
            .thenComparing(Key::name);

    private final SelectionSettings settings;
    private final Inventory inventory;
    private final Map<Key, List<StopReason>> choices = new TreeMap<>(ORDER);
    private final List<NotStopped> ofOtherReleases = new ArrayList<>();

    private record Key(WorkloadKind kind, String name) {}

    WorkloadSelector(SelectionSettings settings, Inventory inventory) {
        this.settings = settings;
        this.inventory = inventory;
    }

    /**
     * Returns each workload once. Ignores requests to stop workloads of another release.
     *
     * @param rules  with the kind that each names
     * @param scales those of the release, by precedence
     */
    FoundWorkloads choose(List<ResolvedRule> rules, List<ExpectedScale> scales) {
        rules.forEach(this::listed);
        inventory.objects().forEach((kind, objects) -> objects.forEach(live -> found(kind, live)));
        scales.forEach(this::expected);
        if (settings.annotations()) {
            inventory.objects().forEach((kind, objects) -> objects.forEach(live -> malformed(kind, live)));
        }
        return new FoundWorkloads(
                choices.entrySet().stream()
                        .map(entry -> chosen(entry.getKey(), entry.getValue()))
                        .toList(),
                ofOtherReleases);
    }

    private void expected(ExpectedScale scale) {
        WorkloadKind kind = WorkloadKind.DEPLOYMENT;
        String name = scale.deployment();
        Optional<String> other = inventory.find(kind, name).flatMap(this::otherRelease);
        if (other.isPresent() && !isListed(kind, name)) {
            ofOtherReleases.add(NotStopped.expected(scale, other.get()));
        } else {
            add(kind, name, scale.choice());
        }
    }

    /** The other release that the workload belongs to, unless the configuration names that release. */
    private Optional<String> otherRelease(GenericKubernetesResource live) {
        return OwningRelease.otherThan(settings.release(), live)
                .filter(release -> !settings.otherReleases().contains(release));
    }

    /** Whether the configuration lists the workload itself. */
    private boolean isListed(WorkloadKind kind, String name) {
        return choices.getOrDefault(new Key(kind, name), List.of()).stream()
                .anyMatch(choice -> choice.source() == StopReason.Source.CONFIGURATION);
    }

    private void listed(ResolvedRule rule) {
        rule.rule().name().ifPresent(name -> add(rule.kind(), name, rule.rule().choice()));
        inventory.objects().getOrDefault(rule.kind(), List.of()).stream()
                .filter(live -> rule.rule().matches(live) && !Inventory.isControlled(rule.kind(), live))
                .forEach(live -> add(
                        rule.kind(), live.getMetadata().getName(), rule.rule().choice()));
    }

    private void found(WorkloadKind kind, GenericKubernetesResource live) {
        if (Inventory.isControlled(kind, live)) {
            return;
        }
        String name = live.getMetadata().getName();
        if (settings.annotations()) {
            AnnotatedStopReason.of(live, settings.release()).ifPresent(choice -> annotated(kind, live, choice));
        }
        if (inventory.workload(kind, live).marked(settings.holder())) {
            add(kind, name, StopReason.marked());
        }
    }

    private void annotated(WorkloadKind kind, GenericKubernetesResource live, StopReason choice) {
        String name = live.getMetadata().getName();
        Optional<String> other = otherRelease(live);
        if (other.isPresent() && !isListed(kind, name)) {
            ofOtherReleases.add(NotStopped.annotated(kind, live, other.get()));
        } else {
            add(kind, name, choice);
        }
    }

    /**
     * Reports an unreadable annotation only where the workload is chosen, or where that annotation may be what chooses
     * it.
     */
    private void malformed(WorkloadKind kind, GenericKubernetesResource live) {
        String name = live.getMetadata().getName();
        boolean concerns = choices.containsKey(new Key(kind, name)) || AnnotatedStopReason.isUndecided(live);
        if (concerns && !Inventory.isControlled(kind, live)) {
            AnnotatedStopReason.malformed(live, settings.release()).forEach(choice -> add(kind, name, choice));
        }
    }

    private void add(WorkloadKind kind, String name, StopReason choice) {
        choices.computeIfAbsent(new Key(kind, name), key -> new ArrayList<>()).add(choice);
    }

    private SelectedWorkload chosen(Key key, List<StopReason> asked) {
        Optional<GenericKubernetesResource> live = inventory.find(key.kind(), key.name());
        boolean controlled =
                live.filter(found -> Inventory.isControlled(key.kind(), found)).isPresent();
        return new SelectedWorkload(
                key.kind(),
                key.name(),
                asked,
                live.filter(found -> !controlled).map(found -> inventory.workload(key.kind(), found)),
                absence(key.kind(), controlled));
    }

    private SelectedWorkload.Absence absence(WorkloadKind kind, boolean controlled) {
        if (controlled) {
            return SelectedWorkload.Absence.CONTROLLED;
        }
        return inventory.objects().containsKey(kind)
                ? SelectedWorkload.Absence.NO_SUCH_OBJECT
                : SelectedWorkload.Absence.NO_SUCH_KIND;
    }
}
