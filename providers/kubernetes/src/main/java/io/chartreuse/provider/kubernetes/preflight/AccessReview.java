package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.ChartreuseException;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the API server which rights we have, side by side. Rules in a Role are not read: other authorizers count, too. */
final class AccessReview {

    private static final Logger LOG = LoggerFactory.getLogger(AccessReview.class);
    private static final int AT_ONCE = 8;
    private static final ApiRequest CREATE =
            new ApiRequest("create", "authorization.k8s.io", "selfsubjectaccessreviews", "");

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
                    CREATE,
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
