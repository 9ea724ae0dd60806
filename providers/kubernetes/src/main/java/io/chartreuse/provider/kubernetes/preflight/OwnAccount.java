package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.ApiRequest;
import io.chartreuse.provider.kubernetes.cluster.Cluster;
import io.chartreuse.spi.backend.AccountAware;
import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the API server which account Chartreuse uses. Every account may ask this from Kubernetes 1.28 on; older servers
 * do not know the question.
 */
public final class OwnAccount implements AccountAware {

    private static final Logger LOG = LoggerFactory.getLogger(OwnAccount.class);
    private static final ApiRequest CREATE =
            new ApiRequest("create", "authentication.k8s.io", "selfsubjectreviews", "");

    private final Cluster cluster;

    public OwnAccount(Cluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<String> account() {
        try {
            SelfSubjectReview review = cluster.call(
                    CREATE, client -> client.resource(new SelfSubjectReview()).create());
            return Optional.ofNullable(review.getStatus())
                    .flatMap(status -> Optional.ofNullable(status.getUserInfo()))
                    .map(user -> user.getUsername())
                    .filter(name -> !name.isBlank());
        } catch (ChartreuseException e) {
            LOG.debug("the API server does not say who we are", e);
            return Optional.empty();
        }
    }
}
