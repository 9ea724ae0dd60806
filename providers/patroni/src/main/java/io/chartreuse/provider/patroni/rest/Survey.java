package io.chartreuse.provider.patroni.rest;

import io.chartreuse.provider.patroni.settings.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking the endpoints for {@code /cluster}, one after the other until one answered.
 *
 * @param cluster  the first usable answer
 * @param presence the best news of those asked
 * @param problems why others did not answer, with their URLs, in the order in which they were asked
 * @param alive    endpoints at which somebody listens, the one that answered first
 */
record Survey(Optional<ClusterStatus> cluster, Presence presence, List<String> problems, List<Endpoint> alive) {
    Survey {
        problems = List.copyOf(problems);
        alive = List.copyOf(alive);
    }

    static Survey of(List<Endpoint> endpoints, RestClient client) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        List<Endpoint> alive = new ArrayList<>();
        Presence presence = endpoints.isEmpty() ? Presence.NOT_ASKED : Presence.NOBODY;
        for (int i = 0; i < endpoints.size(); i++) {
            Endpoint endpoint = endpoints.get(i);
            Finding finding = Finding.of(client.get(endpoint, "/cluster"));
            if (finding.cluster().isPresent()) {
                return new Survey(finding.cluster(), Presence.PATRONI, problems, answered(endpoints, i, alive));
            }
            problems.add(endpoint + ": " + finding.problem());
            presence = finding.presence().compareTo(presence) > 0 ? finding.presence() : presence;
            if (finding.listens()) {
                alive.add(endpoint);
            }
        }
        return new Survey(Optional.empty(), presence, problems, alive);
    }

    /** First the one that answered, then those not asked yet, then those that listen at least. */
    private static List<Endpoint> answered(List<Endpoint> endpoints, int index, List<Endpoint> alive) {
        List<Endpoint> order = new ArrayList<>(endpoints.subList(index, endpoints.size()));
        order.addAll(alive);
        return order;
    }

    /** One endpoint's reply, understood. */
    private record Finding(Optional<ClusterStatus> cluster, Presence presence, String problem, boolean listens) {

        static Finding of(Reply reply) {
            if (reply instanceof Reply.Silence silence) {
                return new Finding(Optional.empty(), Presence.NOBODY, silence.reason(), silence.connected());
            }
            Reply.Answer answer = (Reply.Answer) reply;
            Optional<ClusterStatus> cluster = answer.ok() ? StatusReader.cluster(answer.body()) : Optional.empty();
            Presence presence = cluster.isPresent() || answer.status() >= 500 ? Presence.PATRONI : Presence.STRANGER;
            String problem = answer.ok() ? "not the answer of Patroni" : PatroniApi.refusal(answer.status());
            return new Finding(cluster, presence, problem, true);
        }
    }
}
