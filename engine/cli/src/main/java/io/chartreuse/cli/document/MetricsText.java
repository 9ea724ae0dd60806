package io.chartreuse.cli.document;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Gauges in Prometheus' text format (0.0.4): each with its help and type, its samples together. */
final class MetricsText {

    private final StringBuilder text = new StringBuilder();
    private final SortedMap<String, String> everywhere;

    /** @param everywhere labels of each sample */
    MetricsText(SortedMap<String, String> everywhere) {
        this.everywhere = new TreeMap<>(everywhere);
    }

    /** Begins a gauge; its samples follow. */
    MetricsText gauge(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
        return this;
    }

    /** A gauge of one sample. */
    void gauge(String name, String help, BigDecimal value) {
        gauge(name, help).sample(name, new TreeMap<>(), value);
    }

    void sample(String name, SortedMap<String, String> labels, BigDecimal value) {
        SortedMap<String, String> all = new TreeMap<>(everywhere);
        all.putAll(labels);
        text.append(name)
                .append(all.entrySet().stream()
                        .map(label -> label.getKey() + "=\"" + escaped(label.getValue()) + "\"")
                        .collect(Collectors.joining(",", "{", "}")))
                .append(' ')
                .append(value.toPlainString())
                .append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    static BigDecimal flag(boolean value) {
        return value ? BigDecimal.ONE : BigDecimal.ZERO;
    }

    /** Seconds since 1970, with as many digits as there are. */
    static BigDecimal seconds(Instant time) {
        BigDecimal seconds = BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros();
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
