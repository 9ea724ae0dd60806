package io.chartreuse.provider.kubernetes.preflight;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.preflight.AccessReview.Answer;
import io.chartreuse.spi.model.Check;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The result of the answers about some rights. Pure.
 *
 * @param namespace where they are needed
 * @param subject   what they are for: {@code rights on workloads}
 * @param severity  of a missing right
 * @param purpose   what cannot be done without them: {@code stop and start workloads}
 */
record RightsCheck(String namespace, String subject, Severity severity, String purpose) {

    Check of(Map<Right, Answer> answers) {
        List<Right> missing = with(Answer.DENIED, answers);
        if (!missing.isEmpty()) {
            return Check.bad(subject, missing.size() + " of " + answers.size() + " missing", missing(missing));
        }
        int unknown = with(Answer.UNKNOWN, answers).size();
        return unknown > 0
                ? Check.bad(subject, unknown + " of " + answers.size() + " cannot be asked for", unknown())
                : Check.good(subject, answers.size() == 1 ? "granted" : "all " + answers.size() + " granted");
    }

    private static List<Right> with(Answer answer, Map<Right, Answer> answers) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() == answer)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Diagnostic missing(List<Right> rights) {
        return new Diagnostic(
                severity,
                KubernetesError.RIGHTS_MISSING,
                "may not " + purpose + " in namespace " + namespace + ": " + rights.size()
                        + (rights.size() == 1 ? " right is" : " rights are") + " missing",
                "Add these rules to the Role of the user or service account in namespace " + namespace + ":\n"
                        + RoleRules.yaml(rights),
                Optional.empty(),
                Optional.empty());
    }

    private Diagnostic unknown() {
        return Diagnostic.warning(
                KubernetesError.RIGHTS_UNKNOWN,
                "whether one may " + purpose + " in namespace " + namespace + " cannot be asked",
                "Look at the API server: it should answer `kubectl auth can-i --list -n " + namespace + "`.");
    }
}
