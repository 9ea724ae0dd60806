package io.chartreuse.provider.kubernetes.cluster;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.BoundedFile;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ExecEnvVar;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A kubeconfig file that was read and verified. For a missing file the client library falls back to the in-cluster
 * address, and for an unknown context to the current one. Both are refused here, before the library is called.
 *
 * @param file     where it was read from
 * @param parsed   its content
 * @param withheld environment variables that its plug-ins are not given
 */
record Kubeconfig(Path file, io.fabric8.kubernetes.api.model.Config parsed, Set<String> withheld) {

    private static final Logger LOG = LoggerFactory.getLogger(Kubeconfig.class);

    /** Large enough for hundreds of clusters with their certificates. */
    private static final int LARGEST = 8 * 1024 * 1024;

    /**
     * Reads the file.
     *
     * @param withheld environment variables that its plug-ins are not given, unless the file sets them
     * @throws ChartreuseException where it is missing, unreadable or not a kubeconfig
     */
    static Kubeconfig read(Path file, Set<String> withheld) {
        if (!Files.exists(file)) {
            throw missing(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw invalid(file, "is a directory, a pipe or a device, and not a file", null);
        }
        io.fabric8.kubernetes.api.model.Config parsed = parse(file);
        if (parsed.getContexts().isEmpty()) {
            throw invalid(file, "has no contexts", null);
        }
        parsed.getUsers().stream()
                .map(NamedAuthInfo::getUser)
                .filter(user -> user != null && user.getExec() != null)
                .forEach(user -> empty(user.getExec().getEnv(), withheld));
        return new Kubeconfig(file, parsed, withheld);
    }

    /**
     * Hides the withheld variables: the library starts a plug-in with this process's environment, and these values
     * override it.
     */
    private static void empty(List<ExecEnvVar> given, Set<String> withheld) {
        Set<String> own = given.stream().map(ExecEnvVar::getName).collect(Collectors.toSet());
        withheld.stream()
                .filter(name -> !own.contains(name))
                .sorted()
                .forEach(name -> given.add(new ExecEnvVar(name, "")));
    }

    private static io.fabric8.kubernetes.api.model.Config parse(Path file) {
        try {
            return KubeconfigFormat.read(text(file));
        } catch (BoundedFile.TooLarge e) {
            throw invalid(file, "cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw invalid(file, "cannot be read", e);
        } catch (RuntimeException e) {
            throw invalid(file, "is not a kubeconfig", e);
        }
    }

    private static String text(Path file) throws IOException {
        return new String(BoundedFile.read(file, BoundedFile.fitting(LARGEST)), StandardCharsets.UTF_8);
    }

    static ChartreuseException missing(String files) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.KUBECONFIG_MISSING,
                "the kubeconfig " + files + " does not exist",
                "Correct kubernetes.kubeconfig or the environment variable KUBECONFIG, or unset both to use the"
                        + " service account of the pod"));
    }

    /** Whether the context can be used from this file; without a name, whether the file has a current one. */
    boolean offers(Optional<String> context) {
        return context.or(this::current).flatMap(this::named).isPresent();
    }

    /**
     * The client's configuration for the context.
     *
     * @param context by name; empty: the file's current one
     * @throws ChartreuseException where the file has no such context, or the context names a cluster that it lacks
     */
    Config configuration(Optional<String> context) {
        String name = context.or(this::current).orElseThrow(this::noCurrentContext);
        Context chosen = named(name).map(NamedContext::getContext).orElseThrow(() -> unknownContext(name));
        if (clusters().stream().noneMatch(cluster -> cluster.equals(chosen.getCluster()))) {
            throw invalid(
                    file, "has no cluster \"" + chosen.getCluster() + "\", which its context " + name + " uses", null);
        }
        markOrigin();
        refusePipes(chosen);
        Config config = new Renewed(file, context, withheld);
        KubeConfigUtils.merge(config, name, parsed);
        user(chosen.getUser()).ifPresent(user -> {
            impersonate(config, user);
            readToken(config, user);
        });
        return config;
    }

    /** Refuses pipes, because the client would wait for ever for their content. */
    private void refusePipes(Context chosen) {
        Stream<String> ofCluster = parsed.getClusters().stream()
                .filter(named -> chosen.getCluster().equals(named.getName()) && named.getCluster() != null)
                .map(named -> named.getCluster().getCertificateAuthority());
        Stream<String> ofUser = user(chosen.getUser()).stream()
                .flatMap(user -> Stream.of(user.getClientCertificate(), user.getClientKey(), user.getTokenFile()));
        Stream.concat(ofCluster, ofUser)
                .filter(name -> name != null && !name.isBlank())
                .map(name -> file.toAbsolutePath().resolveSibling(name))
                .filter(named -> Files.exists(named) && !Files.isRegularFile(named))
                .findFirst()
                .ifPresent(named -> {
                    throw invalid(file, "names " + named + ", which is not a regular file", null);
                });
    }

    /**
     * Reads the token file for each request, because a token in a file is renewed. The client does not know that
     * setting.
     */
    private void readToken(Config config, AuthInfo user) {
        if (user.getTokenFile() != null && !user.getTokenFile().isBlank()) {
            Path token = file.toAbsolutePath().resolveSibling(user.getTokenFile());
            config.setOauthTokenProvider(() -> read(token, config));
        }
    }

    /** The previous token while the file cannot be read: it may just be replaced. */
    private static String read(Path token, Config config) {
        try {
            config.setAutoOAuthToken(text(token).strip());
        } catch (IOException e) {
            LOG.warn("the token of the kubeconfig cannot be read: {}", e.getMessage());
        }
        return config.getAutoOAuthToken();
    }

    /**
     * Tells the client the base of relative paths, and the file to read again when a token has expired. The client's
     * own way to read a configuration would read the file a second time, and inspect all types of the library first.
     */
    private void markOrigin() {
        parsed.getContexts().forEach(named -> mark(named.getAdditionalProperties(), "CONTEXT"));
        parsed.getClusters().forEach(named -> mark(named.getAdditionalProperties(), "CLUSTER"));
        parsed.getUsers().forEach(named -> mark(named.getAdditionalProperties(), "AUTH_INFO"));
    }

    private void mark(Map<String, Object> properties, String part) {
        properties.put("KUBERNETES_CONFIG_" + part + "_FILE_KEY", file.toFile());
    }

    /** Applies the user's impersonation settings, which the client ignores: it would act as the user itself. */
    private static void impersonate(Config config, AuthInfo user) {
        if (user.getAs() != null) {
            config.setImpersonateUsername(user.getAs());
            config.setImpersonateGroups(user.getAsGroups().toArray(String[]::new));
        }
    }

    /**
     * Reads an expired token again from here, in the same context and with the same variables withheld from plug-ins.
     */
    private static final class Renewed extends Config {

        private final Path file;
        private final Optional<String> context;
        private final Set<String> withheld;

        private Renewed(Path file, Optional<String> context, Set<String> withheld) {
            super(false);
            this.file = file;
            this.context = context;
            this.withheld = withheld;
        }

        @Override
        public Config refresh() {
            if (getOauthToken() != null && !getOauthToken().isBlank()) {
                return this;
            }
            try {
                return read(file, withheld).configuration(context);
            } catch (ChartreuseException e) {
                LOG.warn("the kubeconfig cannot be read again: {}", e.getMessage());
                return this;
            }
        }
    }

    private Optional<AuthInfo> user(String name) {
        return parsed.getUsers().stream()
                .filter(user -> user.getUser() != null && user.getName().equals(name))
                .map(NamedAuthInfo::getUser)
                .findFirst();
    }

    private Optional<String> current() {
        return Optional.ofNullable(parsed.getCurrentContext()).filter(name -> !name.isBlank());
    }

    private Optional<NamedContext> named(String name) {
        return parsed.getContexts().stream()
                .filter(context -> name.equals(context.getName()) && context.getContext() != null)
                .findFirst();
    }

    private List<String> clusters() {
        return parsed.getClusters().stream()
                .filter(cluster -> cluster.getCluster() != null)
                .map(NamedCluster::getName)
                .toList();
    }

    private String contexts() {
        return String.join(
                ", ",
                parsed.getContexts().stream()
                        .map(NamedContext::getName)
                        .sorted()
                        .toList());
    }

    private ChartreuseException unknownContext(String name) {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.CONTEXT_UNKNOWN,
                "the kubeconfig " + file + " has no context \"" + name + "\"",
                "Choose one of these with kubernetes.context: " + contexts()));
    }

    private ChartreuseException noCurrentContext() {
        return new ChartreuseException(Diagnostic.error(
                KubernetesError.CONTEXT_UNKNOWN,
                "the kubeconfig " + file + " has no current context",
                "Choose one of these with kubernetes.context: " + contexts()));
    }

    /** Keeps the parser's message in the cause only: it may quote the file, tokens included. */
    private static ChartreuseException invalid(Path file, String problem, Exception cause) {
        return new ChartreuseException(
                Diagnostic.error(
                        KubernetesError.KUBECONFIG_INVALID,
                        "the kubeconfig " + file + " " + problem,
                        "Check it with: kubectl --kubeconfig " + file + " config view"),
                cause);
    }
}
