package io.chartreuse.provider.patroni.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Reads Patroni's JSON. Ignores unknown content; text that is not Patroni's gives an empty result, not an error. */
final class StatusReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusReader() {}

    /** A cluster, where the text is an object with a list of members. */
    static Optional<ClusterStatus> cluster(String body) {
        return object(body)
                .filter(cluster -> cluster.path("members").isArray())
                .map(cluster -> new ClusterStatus(
                        members(cluster.path("members")), cluster.path("pause").asBoolean(), switchover(cluster)));
    }

    private static Optional<Switchover> switchover(JsonNode cluster) {
        return Optional.of(cluster.path("scheduled_switchover"))
                .filter(JsonNode::isObject)
                .map(scheduled -> new Switchover(text(scheduled, "at").flatMap(StatusReader::time)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A node, where the text is an object that names a state or Patroni itself. */
    static Optional<NodeStatus> node(String body) {
        return object(body)
                .filter(node -> node.has("state") || node.has("patroni"))
                .map(node -> new NodeStatus(
                        text(node, "state"),
                        text(node.path("patroni"), "scope"),
                        text(node, "database_system_identifier"),
                        text(node, "role").map(MemberRole::of),
                        timeline(node),
                        position(node.path("xlog")),
                        receivers(node.path("replication"))));
    }

    private static Set<String> receivers(JsonNode replication) {
        return StreamSupport.stream(replication.spliterator(), false)
                .filter(receiver -> receiver.path("state").asText().equals("streaming"))
                .flatMap(receiver -> text(receiver, "application_name").stream())
                .collect(Collectors.toSet());
    }

    private static OptionalInt timeline(JsonNode node) {
        JsonNode timeline = node.path("timeline");
        return timeline.canConvertToInt() && timeline.intValue() > 0
                ? OptionalInt.of(timeline.intValue())
                : OptionalInt.empty();
    }

    private static OptionalLong position(JsonNode written) {
        JsonNode location = written.path("location");
        return location.canConvertToLong() && location.isIntegralNumber() && location.longValue() > 0
                ? OptionalLong.of(location.longValue())
                : OptionalLong.empty();
    }

    private static Optional<String> address(JsonNode member) {
        return text(member, "host")
                .flatMap(host -> ServerAddress.of(host, member.path("port").asInt(5432)))
                .map(ServerAddress::toString);
    }

    private static List<Member> members(JsonNode members) {
        List<Member> found = new ArrayList<>();
        for (JsonNode member : members) {
            found.add(new Member(
                    text(member, "name").orElse("unnamed"),
                    MemberRole.of(text(member, "role").orElse("")),
                    text(member, "state").orElse("in an unknown state"),
                    text(member, "api_url").flatMap(StatusReader::url),
                    lag(member.path("lag")),
                    timeline(member),
                    address(member),
                    member.path("tags").hasNonNull("replicatefrom")));
        }
        return found;
    }

    private static OptionalLong lag(JsonNode lag) {
        return lag.isIntegralNumber() && lag.canConvertToLong()
                ? OptionalLong.of(lag.longValue())
                : OptionalLong.empty();
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = URI.create(text);
            boolean usable = text.startsWith("http") && url.getHost() != null && url.getRawUserInfo() == null;
            return usable ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
                ? Optional.of(value.asText())
                : Optional.empty();
    }

    private static Optional<JsonNode> object(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
