package io.chartreuse.core.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.Address;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The recorded state of a release: all its resources in full.
 *
 * @param digest              {@code sha256:…} of the canonical JSON of the document without its digest; a run names it
 * @param run                 the run after which it was recorded; empty if the user recorded it without a run
 * @param configurationDigest of the configuration that was in force
 * @param review              what the configuration demanded before a plan was executed; empty if that is not recorded
 * @param sections            by provider
 * @param resources           sorted by address
 * @param document            the JSON that the digest was computed over
 */
public record State(
        String digest,
        String formatVersion,
        Release release,
        Optional<String> run,
        Instant recordedAt,
        String chartreuseVersion,
        String configurationDigest,
        Optional<ReviewTerms> review,
        SortedMap<String, RecordedSection> sections,
        List<RecordedResource> resources,
        ObjectNode document) {

    public State {
        Objects.requireNonNull(digest, "digest");
        Objects.requireNonNull(formatVersion, "formatVersion");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(chartreuseVersion, "chartreuseVersion");
        Objects.requireNonNull(configurationDigest, "configurationDigest");
        Objects.requireNonNull(review, "review");
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
        resources = List.copyOf(resources);
        requireOneEach(resources);
        document = document.deepCopy();
    }

    private static void requireOneEach(List<RecordedResource> resources) {
        Set<Address> seen = new HashSet<>();
        resources.stream()
                .map(RecordedResource::address)
                .filter(address -> !seen.add(address))
                .findFirst()
                .ifPresent(twice -> {
                    throw new IllegalArgumentException(SafeText.plain(twice.toString()) + " stands there twice");
                });
    }

    /** What is recorded of the resources of one provider. */
    public List<RecordedResource> of(String provider) {
        return resources.stream()
                .filter(one -> one.address().provider().equals(provider))
                .toList();
    }

    /** What is recorded of one resource. */
    public Optional<RecordedResource> of(Address address) {
        return resources.stream().filter(one -> one.address().equals(address)).findFirst();
    }
}
