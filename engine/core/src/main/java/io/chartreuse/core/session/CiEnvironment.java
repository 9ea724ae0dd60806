package io.chartreuse.core.session;

import io.chartreuse.core.run.Origin;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Where a process comes from, as its environment says. Only variables that are named here are read: none is a secret. */
final class CiEnvironment {

    /** The variables that CI systems set; the process runs in the first system whose first variable is set. */
    private static final Map<String, Map<String, String>> SYSTEMS = systems();

    /** A URL that may contain a password is not recorded. */
    private static final Pattern WITH_USER = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@");

    private CiEnvironment() {}

    static Origin of(Map<String, String> environment, Optional<String> account) {
        boolean inCluster = environment.containsKey("KUBERNETES_SERVICE_HOST");
        Optional<String> pod = value(environment, "CHARTREUSE_POD")
                .or(() -> inCluster ? value(environment, "HOSTNAME") : Optional.empty());
        return new Origin(account, pod, value(environment, "CHARTREUSE_IMAGE"), pipeline(environment));
    }

    private static SortedMap<String, String> pipeline(Map<String, String> environment) {
        SortedMap<String, String> said = new TreeMap<>();
        SYSTEMS.entrySet().stream()
                .filter(system ->
                        value(environment, system.getValue().get("system")).isPresent())
                .findFirst()
                .ifPresent(system -> {
                    system.getValue()
                            .forEach((what, variable) -> value(environment, variable)
                                    .filter(text -> !WITH_USER.matcher(text).find())
                                    .ifPresent(text -> said.put(what, text)));
                    said.put("system", system.getKey());
                });
        return said;
    }

    private static Optional<String> value(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
    }

    private static Map<String, Map<String, String>> systems() {
        Map<String, Map<String, String>> systems = new LinkedHashMap<>();
        systems.put(
                "github",
                Map.of(
                        "system", "GITHUB_ACTIONS",
                        "actor", "GITHUB_ACTOR",
                        "repository", "GITHUB_REPOSITORY",
                        "workflow", "GITHUB_WORKFLOW_REF",
                        "run", "GITHUB_RUN_ID",
                        "commit", "GITHUB_SHA",
                        "server", "GITHUB_SERVER_URL"));
        systems.put(
                "gitlab",
                Map.of(
                        "system", "GITLAB_CI",
                        "actor", "GITLAB_USER_LOGIN",
                        "repository", "CI_PROJECT_PATH",
                        "run", "CI_PIPELINE_ID",
                        "job", "CI_JOB_ID",
                        "commit", "CI_COMMIT_SHA",
                        "url", "CI_JOB_URL"));
        systems.put(
                "jenkins",
                Map.of(
                        "system", "JENKINS_URL",
                        "actor", "BUILD_USER_ID",
                        "run", "BUILD_TAG",
                        "commit", "GIT_COMMIT",
                        "url", "BUILD_URL"));
        systems.put(
                "azure",
                Map.of(
                        "system", "TF_BUILD",
                        "actor", "BUILD_REQUESTEDFOR",
                        "repository", "BUILD_REPOSITORY_NAME",
                        "run", "BUILD_BUILDID",
                        "commit", "BUILD_SOURCEVERSION"));
        return systems;
    }
}
