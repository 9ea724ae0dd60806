package io.chartreuse.provider.patroni.rest;

import io.chartreuse.provider.patroni.settings.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The result of asking the endpoints for {@code /cluster} until one answered.
 *
 * @param cluster  the first usable answer
 * @param presence the best result of the endpoints that were asked
 * @param problems why the others did not answer, with their URLs, in the order of the configuration
 * @param alive    endpoints at which a server listens, the one that answered first
 */
record Survey(Optional<ClusterStatus> cluster, EndpointPresence presence, List<String> problems, List<Endpoint> alive) {

    private static final String CLUSTER = "/cluster";

    Survey {
        problems = List.copyOf(problems);
        alive = List.copyOf(alive);
    }

    /**
     * Asks the endpoint that answered last, and where it does not answer, all others at the same time: time-outs add up
     * only once.
     *
     * @param answered the endpoint that answered last
     */
    static Survey of(List<Endpoint> endpoints, Optional<Endpoint> answered, RestClient client)
            throws InterruptedException {
        Map<Endpoint, Finding> found = ask(answered.stream().toList(), client);
        if (found.values().stream().noneMatch(Finding::isUsable)) {
            found.putAll(ask(
                    endpoints.stream()
                            .filter(endpoint -> !found.containsKey(endpoint))
                            .toList(),
                    client));
        }
        return of(endpoints, found);
    }

    private static Map<Endpoint, Finding> ask(List<Endpoint> endpoints, RestClient client) throws InterruptedException {
        Map<Endpoint, CompletableFuture<Reply>> asked = new LinkedHashMap<>();
        endpoints.forEach(endpoint -> asked.put(endpoint, client.asking(endpoint, CLUSTER)));
        Map<Endpoint, Finding> found = new LinkedHashMap<>();
        Replies.await(asked, reply -> Finding.of(reply).isUsable())
                .forEach((endpoint, reply) -> found.put(endpoint, Finding.of(reply)));
        return found;
    }

    private static Survey of(List<Endpoint> endpoints, Map<Endpoint, Finding> found) {
        Optional<Endpoint> usable = endpoints.stream()
                .filter(endpoint ->
                        found.containsKey(endpoint) && found.get(endpoint).isUsable())
                .findFirst();
        List<String> problems = new ArrayList<>();
        List<Endpoint> unasked = new ArrayList<>();
        List<Endpoint> listening = new ArrayList<>();
        EndpointPresence presence = endpoints.isEmpty() ? EndpointPresence.NOT_ASKED : EndpointPresence.NOBODY;
        for (Endpoint endpoint : endpoints) {
            Finding finding = found.get(endpoint);
            if (finding == null) {
                unasked.add(endpoint);
                continue;
            }
            presence = finding.presence().compareTo(presence) > 0 ? finding.presence() : presence;
            if (!finding.isUsable()) {
                problems.add(endpoint + ": " + finding.problem());
            }
            if (finding.listens() && !usable.equals(Optional.of(endpoint))) {
                listening.add(endpoint);
            }
        }
        return new Survey(
                usable.flatMap(endpoint -> found.get(endpoint).cluster()),
                presence,
                problems,
                Stream.of(usable.stream().toList(), unasked, listening)
                        .flatMap(List::stream)
                        .toList());
    }

    /**
     * Whether an answer may come later: without its configuration store, Patroni closes the connection after some
     * seconds.
     */
    boolean mayAnswerYet() {
        return presence == EndpointPresence.PATRONI || presence == EndpointPresence.NOBODY && !alive.isEmpty();
    }

    /** One endpoint's reply, interpreted. */
    private record Finding(
            Optional<ClusterStatus> cluster, EndpointPresence presence, String problem, boolean listens) {

        boolean isUsable() {
            return cluster.isPresent();
        }

        static Finding of(Reply reply) {
            if (reply instanceof Reply.Silence silence) {
                boolean secured = silence.cause() == Reply.Cause.TLS;
                return new Finding(
                        Optional.empty(),
                        secured ? EndpointPresence.UNTRUSTED : EndpointPresence.NOBODY,
                        silence.reason(),
                        silence.cause() == Reply.Cause.SILENT);
            }
            Reply.Answer answer = (Reply.Answer) reply;
            Optional<ClusterStatus> cluster = answer.ok() ? StatusReader.cluster(answer.body()) : Optional.empty();
            EndpointPresence presence = cluster.isPresent() ? EndpointPresence.PATRONI : presence(answer);
            String problem = answer.ok() ? "not the answer of Patroni" : PatroniApi.refusal(answer.status());
            return new Finding(cluster, presence, problem, true);
        }

        private static EndpointPresence presence(Reply.Answer answer) {
            if (answer.status() >= 500) {
                return EndpointPresence.PATRONI;
            }
            return answer.isForbidden() ? EndpointPresence.REFUSING : EndpointPresence.STRANGER;
        }
    }
}
