package io.chartreuse.provider.kubernetes.preflight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Asks the API server about itself, one request per question. */
final class ServerLook {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final Clock clock;

    ServerLook(Cluster cluster, Clock clock) {
        this.cluster = cluster;
        this.clock = clock;
    }

    /**
     * What the server reports about itself.
     *
     * @param version such as {@code v1.36.2}; empty when the server does not report it
     * @param ahead   how far its clock is ahead of this machine's at least; empty when its answer has no date
     */
    record Server(Optional<String> version, Optional<Duration> ahead) {}

    /** @throws io.chartreuse.provider.kubernetes.cluster.ApiException where it cannot be reached */
    Server server() {
        Instant asked = clock.instant();
        HttpResponse<String> answer = get("version");
        Instant answered = clock.instant();
        return new Server(
                json(answer).map(body -> body.path("gitVersion").asText("")).filter(version -> !version.isEmpty()),
                date(answer).map(date -> ahead(date, asked, answered)));
    }

    /** The smallest possible difference: the date has whole seconds, and was written between question and answer. */
    static Duration ahead(Instant date, Instant asked, Instant answered) {
        Instant latest = date.plusSeconds(1);
        if (latest.isBefore(asked)) {
            return Duration.between(asked, latest);
        }
        return date.isAfter(answered) ? Duration.between(answered, date) : Duration.ZERO;
    }

    /** Whether the server knows the resource; empty where it does not say. */
    Optional<Boolean> knows(String groupVersion, String plural) {
        HttpResponse<String> answer = get("apis/" + groupVersion);
        if (answer.code() == 404) {
            return Optional.of(false);
        }
        return json(answer)
                .filter(body -> body.has("resources"))
                .map(body -> body.findValuesAsText("name").contains(plural));
    }

    /** Whether the server has any version of an API group; true where it does not say. */
    boolean serves(String group) {
        return get("apis/" + group).code() != 404;
    }

    private HttpResponse<String> get(String path) {
        return cluster.call(new ApiRequest("get", "", path, ""), client -> get(client, path));
    }

    private static HttpResponse<String> get(KubernetesClient client, String path) {
        HttpClient http = client.getHttpClient();
        String address = client.getMasterUrl().toString().replaceFirst("/*$", "/") + path;
        return http.sendAsync(http.newHttpRequestBuilder().uri(address).build(), String.class)
                .join();
    }

    private static Optional<JsonNode> json(HttpResponse<String> answer) {
        try {
            return answer.code() == 200 && answer.body() != null
                    ? Optional.of(JSON.readTree(answer.body()))
                    : Optional.empty();
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> date(HttpResponse<String> answer) {
        try {
            return answer.headers("Date").stream()
                    .findFirst()
                    .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
        } catch (DateTimeParseException strange) {
            return Optional.empty();
        }
    }
}
