package io.chartreuse.core.approval;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.backend.ApprovalStore;
import io.chartreuse.spi.backend.Artifact;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The approvals of a release's plans, as stored. What does not prove itself is as if it were not there. */
public final class Approvals {

    private static final Logger LOG = LoggerFactory.getLogger(Approvals.class);

    private final ApprovalStore store;

    public Approvals(ApprovalStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Those of this plan, oldest first; of several by one key the first. */
    public List<Approval> of(Plan plan) {
        return of(plan.id());
    }

    /** Those of the plan of that id, oldest first; of several by one key the first. */
    public List<Approval> of(String planId) {
        return store.list().stream()
                .flatMap(artifact -> read(artifact).stream())
                .filter(approval -> approval.planId().equals(planId))
                .collect(Collectors.toMap(
                        Approval::key, approval -> approval, (first, again) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    /** The fingerprints of the keys that approve this plan. */
    public List<String> keys(Plan plan) {
        return of(plan).stream()
                .map(approval -> approval.key().fingerprint())
                .sorted()
                .toList();
    }

    /** The ids under which approvals are stored, each with the id of its plan. */
    public Map<String, String> plans() {
        Map<String, String> plans = new LinkedHashMap<>();
        store.list()
                .forEach(artifact -> read(artifact).ifPresent(approval -> plans.put(artifact.id(), approval.planId())));
        return plans;
    }

    /** Keeps one; that of a key which approves the plan already is not kept again. */
    public void save(Plan plan, Approval approval) {
        if (!keys(plan).contains(approval.key().fingerprint())) {
            store.save(approval.artifact(plan.release().name()));
        }
    }

    private static Optional<Approval> read(Artifact artifact) {
        Optional<Approval> approval = Approval.of(artifact);
        if (approval.isEmpty()) {
            LOG.warn("what is stored as approval {} is not a valid approval: left out", artifact.id());
        }
        return approval;
    }
}
