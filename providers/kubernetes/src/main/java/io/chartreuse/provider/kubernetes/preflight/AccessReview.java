package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.ChartreuseException;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server which rights we have. One request lists what is granted to us. What is not in this list is asked for
 * right by right, side by side, as not each authorizer can list its rules.
 */
final class AccessReview {

    private static final Logger LOG = LoggerFactory.getLogger(AccessReview.class);
    private static final int AT_ONCE = 8;
    private static final ApiRequest ASK =
            new ApiRequest("create", "authorization.k8s.io", "selfsubjectaccessreviews", "");
    private static final ApiRequest LIST =
            new ApiRequest("create", "authorization.k8s.io", "selfsubjectrulesreviews", "");

    /** What the server says of one right. */
    enum Answer {
        GRANTED,
        DENIED,
        /** It cannot be asked, or says nothing: no reason to refuse anything. */
        UNKNOWN
    }

    private final Cluster cluster;

    AccessReview(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The answer for each of them, in their order. */
    Map<Right, Answer> ask(Collection<Right> rights) {
        GrantedRules granted = rights.isEmpty() ? new GrantedRules(List.of()) : granted();
        Map<Right, Answer> answers =
                askEach(rights.stream().filter(right -> !granted.grant(right)).toList());
        Map<Right, Answer> ordered = new LinkedHashMap<>();
        rights.forEach(right -> ordered.put(right, answers.getOrDefault(right, Answer.GRANTED)));
        return ordered;
    }

    /** Empty where the server does not list them. */
    private GrantedRules granted() {
        try {
            SelfSubjectRulesReview review = cluster.call(
                    LIST,
                    client -> client.authorization()
                            .v1()
                            .selfSubjectRulesReview()
                            .create(new SelfSubjectRulesReviewBuilder()
                                    .withNewSpec(cluster.namespace())
                                    .build()));
            return new GrantedRules(
                    review.getStatus() == null ? List.of() : review.getStatus().getResourceRules());
        } catch (ChartreuseException e) {
            LOG.debug("the API server does not list our rights", e);
            return new GrantedRules(List.of());
        }
    }

    private Map<Right, Answer> askEach(Collection<Right> rights) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(AT_ONCE, rights.size())));
        try {
            Map<Right, CompletableFuture<Answer>> asked = new LinkedHashMap<>();
            rights.forEach(right -> asked.put(right, CompletableFuture.supplyAsync(() -> ask(right), threads)));
            Map<Right, Answer> answers = new LinkedHashMap<>();
            asked.forEach((right, answer) -> answers.put(right, answer.join()));
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    private Answer ask(Right right) {
        try {
            SelfSubjectAccessReview review = cluster.call(
                    ASK,
                    client -> client.authorization()
                            .v1()
                            .selfSubjectAccessReview()
                            .create(question(right)));
            if (review.getStatus() == null || review.getStatus().getAllowed() == null) {
                return Answer.UNKNOWN;
            }
            return review.getStatus().getAllowed() ? Answer.GRANTED : Answer.DENIED;
        } catch (ChartreuseException e) {
            LOG.debug("{} cannot be asked for", right, e);
            return Answer.UNKNOWN;
        }
    }

    private SelfSubjectAccessReview question(Right right) {
        return new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withNamespace(cluster.namespace())
                .withGroup(right.group())
                .withResource(right.plural())
                .withSubresource(right.subresource().isEmpty() ? null : right.subresource())
                .withVerb(right.verb())
                .endResourceAttributes()
                .endSpec()
                .build();
    }
}
