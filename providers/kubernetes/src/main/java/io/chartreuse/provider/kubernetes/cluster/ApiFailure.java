package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.Diagnostic;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Explains why a request failed. Pure.
 *
 * @param server    the API server's address
 * @param namespace that the request was about
 */
record ApiFailure(String server, String namespace) {

    private static final List<String> OTHER_REFUSALS =
            List.of("admission webhook", "denied request", "exceeded quota", "is being terminated");

    private static final int TOO_LARGE = 413;

    ApiException explain(ApiRequest request, Throwable failure) {
        Optional<KubernetesClientException> answer = causes(failure)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast)
                .filter(exception -> exception.getCode() > 0)
                .findFirst();
        int status = answer.map(KubernetesClientException::getCode).orElse(0);
        Diagnostic diagnostic =
                answer.map(exception -> refused(request, exception)).orElseGet(() -> unreachable(request, failure));
        return new ApiException(diagnostic, status, failure);
    }

    private Diagnostic refused(ApiRequest request, KubernetesClientException answer) {
        if (answer.getCode() / 100 == 3) {
            return redirected(request, answer);
        }
        return switch (answer.getCode()) {
            case 401 -> unauthorized();
            case 403 -> isRefusedByAdmission(answer) ? failed(request, answer) : forbidden(request);
            default -> failed(request, answer);
        };
    }

    private Diagnostic redirected(ApiRequest request, KubernetesClientException answer) {
        return Diagnostic.error(
                KubernetesError.REQUEST_FAILED,
                "%s answered %d to: %s in namespace %s: it redirects to another address, which was not followed"
                        .formatted(server, answer.getCode(), request, namespace),
                "The credentials go nowhere but to the address of the kubeconfig: write the API server's own address there");
    }

    /** Admission refuses with 403 too, where no Role helps. */
    static boolean isRefusedByAdmission(KubernetesClientException answer) {
        String message = answer.getStatus() == null
                ? ""
                : String.valueOf(answer.getStatus().getMessage());
        return OTHER_REFUSALS.stream().anyMatch(message::contains);
    }

    private Diagnostic unauthorized() {
        return Diagnostic.error(
                KubernetesError.UNAUTHORIZED,
                server + " does not accept the credentials",
                "Renew the user's token or certificate in the kubeconfig, or check the pod's service account");
    }

    private Diagnostic forbidden(ApiRequest request) {
        String rule = "{apiGroups: [\"%s\"], resources: [\"%s\"], verbs: [\"%s\"]}"
                .formatted(request.group(), request.resource(), request.verb());
        return Diagnostic.error(
                KubernetesError.FORBIDDEN,
                "may not " + request + " in namespace " + namespace,
                "Add this rule to the Role of the user or service account in namespace " + namespace + ": " + rule);
    }

    private Diagnostic failed(ApiRequest request, KubernetesClientException answer) {
        String message = answer.getStatus() == null
                ? answer.getMessage()
                : answer.getStatus().getMessage();
        return Diagnostic.error(
                KubernetesError.REQUEST_FAILED,
                "%s answered %d to: %s in namespace %s: %s"
                        .formatted(server, answer.getCode(), request, namespace, message),
                remedy(answer, String.valueOf(message)));
    }

    private static String remedy(KubernetesClientException answer, String message) {
        if (message.contains("webhook")) {
            return "Ask the owner of that admission webhook (kubectl get validatingwebhookconfigurations,"
                    + "mutatingwebhookconfigurations), then run the command again";
        }
        if (message.contains("ValidatingAdmissionPolicy")) {
            return "Ask the owner of that policy (kubectl get validatingadmissionpolicies), then run the command again";
        }
        if (message.contains("exceeded quota")) {
            return "Free some of the quota or raise it (kubectl describe resourcequota), then run the command again";
        }
        if (message.contains("database space exceeded")) {
            return "The cluster's etcd is full, so nothing can be written: let who runs it compact and defragment it and disarm"
                    + " the alarm (etcdctl alarm list), then run the command again";
        }
        if (message.contains("immutable")) {
            return "The object has immutable: true, so it cannot be written any more: see who set it (kubectl get -o"
                    + " yaml --show-managed-fields); keep a copy, delete it, then run the command again";
        }
        if (answer.getCode() == TOO_LARGE || message.contains("Too long") || message.contains("request is too large")) {
            return "The API server, or a proxy before it, takes no object of that size (1 MiB by default): ask who set the"
                    + " limit, or keep records with backend: file";
        }
        return TransientFailures.passes(answer)
                ? "See how the API server fares (kubectl get --raw /readyz?verbose), then run the command again; give it"
                        + " more time with kubernetes.retryBudget"
                : "Fix what the message says, then run the command again";
    }

    private Diagnostic unreachable(ApiRequest request, Throwable failure) {
        String why = causes(failure)
                .filter(cause -> !(cause instanceof KubernetesClientException))
                .map(this::describe)
                .reduce((first, second) -> second)
                .orElseGet(() -> describe(failure));
        return Diagnostic.error(
                KubernetesError.UNREACHABLE,
                "cannot reach " + server + " to " + request + ": " + why,
                "Check that the address is right and that the API server answers there: kubectl version");
    }

    private String describe(Throwable failure) {
        if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
            return "host " + host() + " is unknown (DNS)";
        }
        if (failure instanceof ConnectException && failure.getMessage() == null) {
            return "the connection was refused";
        }
        if (failure instanceof TimeoutException) {
            return "no answer in time";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private String host() {
        return server.replaceFirst("^[a-z]+://", "").replaceFirst("(:[0-9]+)?(/.*)?$", "");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}
