package io.chartreuse.provider.kubernetes.workload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The holders of a workload as labels, one for each: {@code holder.chartreuse.io/shop:
 * 20261122T060000.000Z_20261122t060000z-3fa2c1}. Kubernetes copies a Deployment's annotations to its ReplicaSets, and a
 * rollback copies them back; it does not copy labels. Pure.
 */
final class HoldLabels {

    static final String PREFIX = "holder.chartreuse.io/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String UNKNOWN = "unknown";
    private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,38}[A-Za-z0-9])?");
    private static final int LONGEST_NAME = 63;

    private HoldLabels() {}

    static Holds read(HasMetadata live) {
        Map<String, String> labels =
                Objects.requireNonNullElse(live.getMetadata().getLabels(), Map.of());
        return new Holds(labels.entrySet().stream()
                .filter(label -> label.getKey().startsWith(PREFIX) && label.getValue() != null)
                .map(label -> hold(label.getKey().substring(PREFIX.length()), label.getValue()))
                .toList());
    }

    /** Sets the labels of these holders, and removes those of the former ones. */
    static void write(ObjectNode labels, List<Hold> former, Holds now) {
        former.forEach(hold -> labels.putNull(key(hold)));
        now.all().forEach(hold -> labels.put(key(hold), value(hold)));
    }

    /** The holder as a valid label name; only a mark that a person wrote by hand may have an invalid one. */
    private static String key(Hold hold) {
        String name = hold.holder().replaceAll("[^-A-Za-z0-9_.]", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        return PREFIX + (name.isEmpty() ? UNKNOWN : name.substring(0, Math.min(LONGEST_NAME, name.length())));
    }

    private static String value(Hold hold) {
        String run = RUN.matcher(hold.run()).matches() ? hold.run() : UNKNOWN;
        return time(hold.since()) + "_" + run;
    }

    private static String time(String since) {
        try {
            return TIME.format(Instant.parse(since));
        } catch (DateTimeException notKnown) {
            return UNKNOWN;
        }
    }

    private static Hold hold(String holder, String value) {
        int bar = value.indexOf('_');
        String run = value.substring(bar + 1);
        return new Hold(holder, run.equals(UNKNOWN) ? "" : run, since(value.substring(0, Math.max(0, bar))));
    }

    private static String since(String time) {
        try {
            return TIME.parse(time, Instant::from).toString();
        } catch (DateTimeParseException notKnown) {
            return "";
        }
    }
}
