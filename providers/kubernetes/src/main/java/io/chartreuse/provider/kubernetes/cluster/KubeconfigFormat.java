package io.chartreuse.provider.kubernetes.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.AuthInfoBuilder;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.ClusterBuilder;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ContextBuilder;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.ExecConfigBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Reads the settings of a kubeconfig that the client uses, field by field. Deriving them from the library's classes
 * would take a tenth of a second each time.
 */
final class KubeconfigFormat {

    private KubeconfigFormat() {}

    /** @throws IllegalArgumentException where a part is not of the form that it must have */
    static Config read(String text) {
        JsonNode root = parsed(text);
        if (root == null || !root.isObject()) {
            throw new IllegalArgumentException("not an object");
        }
        ConfigBuilder config = new ConfigBuilder().withCurrentContext(text(root, "current-context"));
        named(
                root,
                "contexts",
                "context",
                (name, context) -> config.addNewContext()
                        .withName(name)
                        .withContext(context(context))
                        .endContext());
        named(
                root,
                "clusters",
                "cluster",
                (name, cluster) -> config.addNewCluster()
                        .withName(name)
                        .withCluster(cluster(cluster))
                        .endCluster());
        named(
                root,
                "users",
                "user",
                (name, user) ->
                        config.addNewUser().withName(name).withUser(user(user)).endUser());
        return config.build();
    }

    /** Parses text that begins like JSON as YAML in flow style, as kubectl does; the library would accept only JSON. */
    private static JsonNode parsed(String text) {
        try {
            return KnownModels.SERIALIZATION.unmarshal(text, JsonNode.class);
        } catch (RuntimeException notJson) {
            if (!text.stripLeading().startsWith("{")) {
                throw notJson;
            }
            return KnownModels.SERIALIZATION.unmarshal("#\n" + text, JsonNode.class);
        }
    }

    private static void named(JsonNode root, String list, String part, BiConsumer<String, JsonNode> each) {
        for (JsonNode item : array(root, list)) {
            if (!item.isObject() || !(item.path(part).isObject() || isAbsent(item.path(part)))) {
                throw new IllegalArgumentException(list + " holds something else");
            }
            each.accept(text(item, "name"), item.path(part));
        }
    }

    private static Context context(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        return new ContextBuilder()
                .withCluster(text(node, "cluster"))
                .withUser(text(node, "user"))
                .withNamespace(text(node, "namespace"))
                .build();
    }

    private static Cluster cluster(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        return new ClusterBuilder()
                .withServer(text(node, "server"))
                .withCertificateAuthority(text(node, "certificate-authority"))
                .withCertificateAuthorityData(text(node, "certificate-authority-data"))
                .withInsecureSkipTlsVerify(truth(node, "insecure-skip-tls-verify"))
                .withTlsServerName(text(node, "tls-server-name"))
                .withProxyUrl(text(node, "proxy-url"))
                .build();
    }

    private static AuthInfo user(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        AuthInfoBuilder user = new AuthInfoBuilder()
                .withClientCertificate(text(node, "client-certificate"))
                .withClientCertificateData(text(node, "client-certificate-data"))
                .withClientKey(text(node, "client-key"))
                .withClientKeyData(text(node, "client-key-data"))
                .withToken(text(node, "token"))
                .withTokenFile(text(node, "tokenFile"))
                .withUsername(text(node, "username"))
                .withPassword(text(node, "password"))
                .withAs(text(node, "as"))
                .withAsGroups(texts(node, "as-groups"))
                .withExec(exec(node.path("exec")));
        JsonNode provider = node.path("auth-provider");
        if (provider.isObject()) {
            user.withNewAuthProvider()
                    .withName(text(provider, "name"))
                    .withConfig(settings(provider.path("config")))
                    .endAuthProvider();
        }
        return user.build();
    }

    private static ExecConfig exec(JsonNode node) {
        if (isAbsent(node)) {
            return null;
        }
        ExecConfigBuilder exec = new ExecConfigBuilder()
                .withApiVersion(text(node, "apiVersion"))
                .withCommand(text(node, "command"))
                .withArgs(texts(node, "args"))
                .withInteractiveMode(text(node, "interactiveMode"))
                .withProvideClusterInfo(truth(node, "provideClusterInfo"));
        for (JsonNode variable : array(node, "env")) {
            exec.addNewEnv(text(variable, "name"), text(variable, "value"));
        }
        return exec.build();
    }

    private static Map<String, String> settings(JsonNode node) {
        Map<String, String> settings = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
        return settings;
    }

    private static List<String> texts(JsonNode node, String field) {
        List<String> texts = new ArrayList<>();
        array(node, field).forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Iterable<JsonNode> array(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (!found.isArray() && !isAbsent(found)) {
            throw new IllegalArgumentException(field + " is not a list");
        }
        return found;
    }

    /** Null where it is absent, as in the library's classes. */
    private static String text(JsonNode node, String field) {
        JsonNode found = node.path(field);
        if (found.isContainerNode()) {
            throw new IllegalArgumentException(field + " is not a text");
        }
        return isAbsent(found) ? null : found.asText();
    }

    private static Boolean truth(JsonNode node, String field) {
        JsonNode found = node.path(field);
        return isAbsent(found) ? null : Boolean.valueOf(found.asBoolean());
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }
}
