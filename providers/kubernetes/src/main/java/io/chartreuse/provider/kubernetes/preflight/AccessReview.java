package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.LocalSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributes;
import io.fabric8.kubernetes.api.model.authorization.v1.ResourceAttributesBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectRulesReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewStatus;
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
 * Asks the API server which rights this account has, or another account where the environment names one. One request
 * lists the granted rules. Asks for each right that the list lacks on its own, at the same time, because some
 * authorizers cannot list their rules.
 */
final class AccessReview {

    private static final Logger LOG = LoggerFactory.getLogger(AccessReview.class);
    private static final int AT_ONCE = 8;
    private static final int SERVICE_ACCOUNT_PARTS = 4;
    private static final ApiRequest ASK =
            new ApiRequest("create", "authorization.k8s.io", "selfsubjectaccessreviews", "");
    private static final ApiRequest ASK_OF_ANOTHER =
            new ApiRequest("create", "authorization.k8s.io", "localsubjectaccessreviews", "");
    private static final ApiRequest LIST =
            new ApiRequest("create", "authorization.k8s.io", "selfsubjectrulesreviews", "");

    /** The server's answer about one right. */
    enum Answer {
        GRANTED,
        DENIED,
        /** The server could not be asked, or gave no answer: no reason to refuse a run. */
        UNKNOWN
    }

    private final Cluster cluster;

    AccessReview(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The answer for each of them, in their order. */
    Map<Right, Answer> ask(Collection<Right> rights) {
        boolean ofAnother = cluster.reviewedAccount().isPresent();
        GrantedRules granted = rights.isEmpty() || ofAnother ? new GrantedRules(List.of()) : granted();
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
            SubjectAccessReviewStatus status = cluster.reviewedAccount()
                    .map(account -> statusOf(account, right))
                    .orElseGet(() -> status(right));
            if (status == null || status.getAllowed() == null) {
                return Answer.UNKNOWN;
            }
            return status.getAllowed() ? Answer.GRANTED : Answer.DENIED;
        } catch (ChartreuseException e) {
            LOG.debug("{} cannot be asked for", right, e);
            return Answer.UNKNOWN;
        }
    }

    private SubjectAccessReviewStatus status(Right right) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withResourceAttributes(attributes(right))
                .endSpec()
                .build();
        return cluster.call(
                        ASK,
                        client -> client.authorization()
                                .v1()
                                .selfSubjectAccessReview()
                                .create(question))
                .getStatus();
    }

    private SubjectAccessReviewStatus statusOf(String account, Right right) {
        LocalSubjectAccessReview question = new LocalSubjectAccessReviewBuilder()
                .withNewMetadata()
                .withNamespace(cluster.namespace())
                .endMetadata()
                .withNewSpec()
                .withUser(account)
                .withGroups(groups(account))
                .withResourceAttributes(attributes(right))
                .endSpec()
                .build();
        return cluster.call(
                        ASK_OF_ANOTHER,
                        client -> client.authorization()
                                .v1()
                                .localSubjectAccessReview()
                                .inNamespace(cluster.namespace())
                                .create(question))
                .getStatus();
    }

    /** The groups of every account, and those that a service account's name implies. */
    private static List<String> groups(String account) {
        String[] parts = account.split(":", -1);
        return account.startsWith("system:serviceaccount:") && parts.length == SERVICE_ACCOUNT_PARTS
                ? List.of("system:authenticated", "system:serviceaccounts", "system:serviceaccounts:" + parts[2])
                : List.of("system:authenticated");
    }

    private ResourceAttributes attributes(Right right) {
        return new ResourceAttributesBuilder()
                .withNamespace(cluster.namespace())
                .withGroup(right.group())
                .withResource(right.plural())
                .withSubresource(right.subresource().isEmpty() ? null : right.subresource())
                .withVerb(right.verb())
                .withName(right.name().isEmpty() ? null : right.name())
                .build();
    }
}
