package io.chartreuse.provider.kubernetes.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Optional;

/** Tells what of the namespace's objects a workload has left running. Pure. */
interface Owned<T extends HasMetadata> {

    /** What all of them bear; empty where that is not known. */
    Optional<LabelSelector> selector();

    /** Those that are left, each with why. */
    List<LeftPod> left(List<T> found);
}
