package io.chartreuse.provider.patroni.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.rest.DynamicConfig.Hold;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code /config}, and builds the patches that change it. Reads a damaged mark as far as it makes sense. */
public final class ConfigReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAUSE = "pause";
    private static final String MARK = "chartreuse";
    private static final String HOLDS = "pausedFor";
    private static final String LEADER = "leader";
    private static final String LEADER_ADDRESS = "leaderAddress";
    private static final String FORMER = "formerPause";

    private ConfigReader() {}

    static Optional<DynamicConfig> read(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body))
                    .filter(JsonNode::isObject)
                    .map(ConfigReader::config);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static DynamicConfig config(JsonNode config) {
        JsonNode mark = config.path(MARK);
        SortedMap<String, Hold> holds = new TreeMap<>();
        mark.path(HOLDS)
                .properties()
                .forEach(hold -> holds.put(
                        hold.getKey(),
                        new Hold(
                                hold.getValue().path("run").asText("an unknown run"),
                                hold.getValue().path("since").asText("an unknown time"),
                                leader(hold.getValue()))));
        return new DynamicConfig(flag(config, PAUSE), config.hasNonNull(MARK), holds, flag(mark, FORMER));
    }

    private static Optional<LastLeader> leader(JsonNode hold) {
        JsonNode name = hold.path(LEADER);
        JsonNode address = hold.path(LEADER_ADDRESS);
        return name.isTextual()
                ? Optional.of(LastLeader.read(
                        name.asText(), address.isTextual() ? Optional.of(address.asText()) : Optional.empty()))
                : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode node, String field) {
        return node.hasNonNull(field) ? Optional.of(node.path(field).asBoolean()) : Optional.empty();
    }

    /** A patch without effect: Patroni's answer has the store's current state. */
    public static ObjectNode nothing() {
        return JsonNodeFactory.instance.objectNode().putNull(MARK + "-nothing");
    }

    /** The patch that pauses failover for a holder; the first holder records the former setting. */
    public static ObjectNode pausing(DynamicConfig now, String holder, Hold hold) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode().put(PAUSE, true);
        ObjectNode mark = patch.putObject(MARK);
        ObjectNode named = mark.putObject(HOLDS).putObject(holder);
        named.put("run", hold.run()).put("since", hold.since());
        hold.leader().ifPresent(leader -> {
            named.put(LEADER, leader.name());
            leader.address().ifPresentOrElse(at -> named.put(LEADER_ADDRESS, at), () -> named.putNull(LEADER_ADDRESS));
        });
        if (now.holds().isEmpty()) {
            now.pause().ifPresentOrElse(former -> mark.put(FORMER, former), () -> mark.putNull(FORMER));
        }
        return patch;
    }

    /** The patch that removes a holder; with the last one, it removes the mark and restores the former setting. */
    public static ObjectNode resuming(DynamicConfig now, String holder) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        boolean last = now.holds().keySet().stream().allMatch(holder::equals);
        if (last) {
            return resuming(now);
        }
        patch.putObject(MARK).putObject(HOLDS).putNull(holder);
        return patch;
    }

    /** Whether a patch resumes failover. */
    public static boolean resumes(ObjectNode patch) {
        return patch.has(PAUSE) && !patch.path(PAUSE).asBoolean();
    }

    /** The patch that removes all holders. */
    public static ObjectNode resuming(DynamicConfig now) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        if (now.isPaused()) { // otherwise an operator or another run has resumed it already
            now.formerPause().ifPresentOrElse(former -> patch.put(PAUSE, former), () -> patch.putNull(PAUSE));
        }
        return patch.putNull(MARK);
    }
}
