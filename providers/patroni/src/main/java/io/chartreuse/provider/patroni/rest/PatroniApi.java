package io.chartreuse.provider.patroni.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.patroni.rest.Primary.Verdict;
import io.chartreuse.provider.patroni.settings.Endpoint;
import io.chartreuse.spi.model.ClusterLeader;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** One cluster's REST API, through the endpoint that answers. */
public final class PatroniApi {

    private static final String CONFIG = "/config";
    private static final String PATRONI = "/patroni";
    private static final String PRIMARY = "/primary";

    private final List<Endpoint> endpoints;
    private final RestClient client;
    private volatile Optional<Endpoint> answered = Optional.empty();

    public PatroniApi(List<Endpoint> endpoints, RestClient client) {
        this.endpoints = List.copyOf(endpoints);
        this.client = client;
    }

    /**
     * Reads the cluster now, and its dynamic configuration where the caller asks for it or failover is paused. Never
     * fails: an endpoint without an answer is part of the result. Takes at most the client's time-outs for each kind of
     * request, and asks each endpoint at most three times: first the one that answered last, then all others at the
     * same time.
     */
    public ClusterView look(boolean withConfig) throws InterruptedException {
        Survey survey = survey();
        Optional<Member> leader =
                survey.cluster().flatMap(ClusterStatus::leader).filter(Member::isRunning);
        Optional<Primary> primary = leader.isPresent() ? Optional.of(ask(leader.get(), survey)) : Optional.empty();
        Optional<NodeStatus> node = primary.map(Primary::node)
                .filter(status -> status.systemIdentifier().isPresent());
        node = node.isPresent() ? node : anyNode(survey);
        // A node that reports its state is Patroni, even while the cluster's store is down and /cluster hangs.
        EndpointPresence presence = node.isPresent() ? EndpointPresence.PATRONI : survey.presence();
        boolean paused = survey.cluster().filter(ClusterStatus::paused).isPresent();
        Optional<DynamicConfig> config = withConfig && presence == EndpointPresence.PATRONI || paused
                ? config(survey.alive()).config()
                : Optional.empty();
        return new ClusterView(presence, survey.cluster(), primary, identity(node), survey.problems(), config);
    }

    /**
     * The addresses of the members' PostgreSQL.
     *
     * @param addresses  the leader's first; empty where no endpoint could list them
     * @param mayComeYet whether asking again may help: Patroni is there, or a server that gave no answer
     */
    public record Listing(List<String> addresses, boolean mayComeYet) {
        public Listing {
            addresses = List.copyOf(addresses);
        }
    }

    /** Asks for the members' addresses. */
    public Listing members() throws InterruptedException {
        Survey survey = survey();
        return new Listing(survey.cluster().map(ClusterStatus::addresses).orElse(List.of()), survey.mayAnswerYet());
    }

    /**
     * The member that leads now, and its report about itself. Never the leader of a standby cluster, which accepts no
     * writes. Empty where no endpoint lists the members, or none of them leads.
     */
    public Optional<ClusterLeader> leader() throws InterruptedException {
        Survey survey = survey();
        Optional<Member> member = survey.cluster().flatMap(ClusterStatus::leader);
        return member.isPresent() ? Optional.of(leader(member.get(), ask(member.get(), survey))) : Optional.empty();
    }

    private static ClusterLeader leader(Member member, Primary primary) {
        NodeStatus node = primary.node();
        return new ClusterLeader(
                member.name(),
                member.address(),
                node.systemIdentifier(),
                node.timeline().isPresent() ? node.timeline() : member.timeline(),
                node.position(),
                primary.verdict() == Verdict.YES);
    }

    private Survey survey() throws InterruptedException {
        Survey survey = Survey.of(endpoints, answered, client);
        if (survey.cluster().isPresent()) {
            answered = Optional.of(survey.alive().get(0));
        }
        return survey;
    }

    /** A member's report about itself, from its own URL; empty where it does not answer or has no URL. */
    public Optional<NodeStatus> ask(Member member) throws InterruptedException {
        return member.apiUrl().isPresent()
                        && client.get(member.apiUrl().get().resolve(PATRONI)) instanceof Reply.Answer answer
                ? StatusReader.node(answer.body())
                : Optional.empty();
    }

    /** The dynamic configuration as a member has read it some seconds ago. */
    public ConfigReply config() throws InterruptedException {
        return config(order());
    }

    private ConfigReply config(List<Endpoint> asked) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        Map<Endpoint, Reply> replies =
                first(asked, CONFIG, reply -> configOf(reply).isPresent());
        for (Map.Entry<Endpoint, Reply> reply : replies.entrySet()) {
            Optional<DynamicConfig> config = configOf(reply.getValue());
            if (config.isPresent()) {
                return new ConfigReply(config, problems, false);
            }
            problems.add(reply.getKey() + CONFIG + ": " + problem(reply.getValue()));
        }
        return new ConfigReply(Optional.empty(), problems, false);
    }

    /**
     * Changes the dynamic configuration through the first endpoint that accepts the change, beginning with the one that
     * answered last.
     *
     * @param patch a JSON object; null removes a key
     * @return the whole configuration as the store has it afterwards; {@link #config()} returns what a member has read
     *     some seconds ago. Empty where no endpoint accepted the change, or its answer was lost
     */
    public ConfigReply patch(ObjectNode patch) throws InterruptedException {
        List<String> problems = new ArrayList<>();
        boolean forbidden = false;
        for (Endpoint endpoint : order()) {
            Reply reply = client.patch(endpoint, CONFIG, patch.toString());
            Optional<DynamicConfig> config = configOf(reply);
            if (config.isPresent()) {
                answered = Optional.of(endpoint);
                return new ConfigReply(config, problems, false);
            }
            forbidden |= reply instanceof Reply.Answer answer && answer.isForbidden();
            problems.add("PATCH " + endpoint + CONFIG + ": " + problem(reply));
        }
        return new ConfigReply(Optional.empty(), problems, forbidden);
    }

    /** The endpoints, the one that answered last first. */
    private List<Endpoint> order() {
        List<Endpoint> order = new ArrayList<>(answered.stream().toList());
        endpoints.stream().filter(endpoint -> !order.contains(endpoint)).forEach(order::add);
        return order;
    }

    /** Asks the first endpoint, and where its reply is not enough, all others at the same time. */
    private Map<Endpoint, Reply> first(List<Endpoint> asked, String path, Predicate<Reply> enough)
            throws InterruptedException {
        Map<Endpoint, Reply> replies = new LinkedHashMap<>();
        if (!asked.isEmpty()) {
            replies.putAll(all(asked.subList(0, 1), path, enough));
        }
        if (replies.values().stream().noneMatch(enough)) {
            replies.putAll(all(asked.stream().skip(1).toList(), path, enough));
        }
        return replies;
    }

    private Map<Endpoint, Reply> all(List<Endpoint> asked, String path, Predicate<Reply> enough)
            throws InterruptedException {
        Map<Endpoint, CompletableFuture<Reply>> questions = new LinkedHashMap<>();
        asked.forEach(endpoint -> questions.put(endpoint, client.asking(endpoint, path)));
        return Replies.await(questions, enough);
    }

    private static Optional<DynamicConfig> configOf(Reply reply) {
        return reply instanceof Reply.Answer answer && answer.ok()
                ? ConfigReader.read(answer.body())
                : Optional.empty();
    }

    private static String problem(Reply reply) {
        if (reply instanceof Reply.Answer answer) {
            return answer.ok() ? "not the answer of Patroni" : refusal(answer.status());
        }
        return ((Reply.Silence) reply).reason();
    }

    /** The meaning of a status other than 200. */
    static String refusal(int status) {
        return switch (status) {
            case 401 -> "HTTP 401, it asks for rest.user and rest.password";
            case 403 -> "HTTP 403, it refuses this client or user";
            case 409 -> "HTTP 409, another client changed it at the same time";
            default -> "HTTP " + status;
        };
    }

    /** Asks the leader at its own URL, which may only work inside the cluster's network; then at the endpoints. */
    private Primary ask(Member leader, Survey survey) throws InterruptedException {
        if (leader.apiUrl().isPresent()) {
            Reply reply = client.get(sibling(leader.apiUrl().get()));
            if (reply instanceof Reply.Answer answer) {
                return new Primary(answer.ok() ? Verdict.YES : Verdict.NO, status(answer));
            }
        }
        // Only the leader answers 200 here; others answer 503.
        for (Reply reply :
                all(others(leader, survey.alive()), PRIMARY, Reply::isOk).values()) {
            if (reply instanceof Reply.Answer answer && answer.ok()) {
                return new Primary(Verdict.YES, status(answer));
            }
        }
        return new Primary(Verdict.NOT_REACHED, NodeStatus.NONE);
    }

    /** The endpoints other than the leader's own URL, which has not answered. */
    private static List<Endpoint> others(Member leader, List<Endpoint> endpoints) {
        return endpoints.stream()
                .filter(endpoint -> leader.apiUrl()
                        .filter(url -> url.getAuthority().equals(endpoint.base().getAuthority()))
                        .isEmpty())
                .toList();
    }

    /** The first node that knows its system identifier, or else the first that answers as Patroni. */
    private Optional<NodeStatus> anyNode(Survey survey) throws InterruptedException {
        Predicate<Reply> identified =
                reply -> node(reply).flatMap(NodeStatus::systemIdentifier).isPresent();
        Map<Endpoint, Reply> replies = survey.cluster().isPresent()
                ? first(survey.alive(), PATRONI, identified)
                : all(survey.alive(), PATRONI, identified);
        List<NodeStatus> nodes =
                replies.values().stream().flatMap(reply -> node(reply).stream()).toList();
        return nodes.stream()
                .filter(node -> node.systemIdentifier().isPresent())
                .findFirst()
                .or(() -> nodes.stream().findFirst());
    }

    private static Optional<NodeStatus> node(Reply reply) {
        return reply instanceof Reply.Answer answer && answer.ok()
                ? StatusReader.node(answer.body())
                : Optional.empty();
    }

    private static NodeStatus status(Reply.Answer answer) {
        return StatusReader.node(answer.body()).orElse(NodeStatus.NONE);
    }

    private static SortedMap<String, String> identity(Optional<NodeStatus> node) {
        SortedMap<String, String> identity = new TreeMap<>();
        node.flatMap(NodeStatus::scope).ifPresent(scope -> identity.put("scope", scope));
        node.flatMap(NodeStatus::systemIdentifier).ifPresent(id -> identity.put("systemIdentifier", id));
        return identity;
    }

    /** {@code http://host:8008/patroni} → {@code http://host:8008/primary}. */
    private static URI sibling(URI apiUrl) {
        return apiUrl.resolve(PRIMARY);
    }
}
