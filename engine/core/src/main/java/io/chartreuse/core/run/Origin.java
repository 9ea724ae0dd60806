package io.chartreuse.core.run;

import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * Where an actor comes from, beside its process. What cannot be known is absent, which is no fault of the run.
 *
 * @param account  what the cluster takes the actor for: {@code system:serviceaccount:shop:chartreuse}
 * @param pod      the pod, in a cluster
 * @param image    the image that the pod says it runs, where its environment tells
 * @param pipeline what the CI system says of itself, as {@code system}, {@code actor}, {@code url} and the like
 */
public record Origin(
        Optional<String> account, Optional<String> pod, Optional<String> image, SortedMap<String, String> pipeline) {

    /** Nothing is known. */
    public static final Origin UNKNOWN =
            new Origin(Optional.empty(), Optional.empty(), Optional.empty(), new TreeMap<>());

    public Origin {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(pod, "pod");
        Objects.requireNonNull(image, "image");
        pipeline = Collections.unmodifiableSortedMap(new TreeMap<>(pipeline));
    }

    /** For people; empty where nothing is known. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ");
        account.ifPresent(name -> text.add("as " + name));
        pod.ifPresent(name -> text.add("in pod " + name));
        image.ifPresent(name -> text.add("from image " + name));
        pipeline.forEach((key, value) -> text.add(key + " " + value));
        return text.toString();
    }
}
