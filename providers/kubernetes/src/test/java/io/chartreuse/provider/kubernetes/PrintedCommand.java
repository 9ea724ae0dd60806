package io.chartreuse.provider.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that an error shows to people, and that a test executes: in a shell with kubectl on a real cluster, or
 * otherwise by the request that kubectl would send.
 *
 * @param line to the letter
 */
record PrintedCommand(String line, String namespace, String resource, String name, String patch) {

    private static final Pattern COMMAND =
            Pattern.compile("^kubectl -n (\\S+) patch ([a-z0-9.-]+) (\\S+) --type merge -p '(.*)'$", Pattern.MULTILINE);

    /** The commands in a remedy, in their order. */
    static List<PrintedCommand> in(String remedy) {
        return COMMAND.matcher(remedy).results().map(PrintedCommand::of).toList();
    }

    private static PrintedCommand of(MatchResult found) {
        return new PrintedCommand(
                found.group(),
                found.group(1),
                found.group(2),
                found.group(3),
                found.group(4).replace("'\\''", "'"));
    }

    /** What is patched: {@code deployments.v1.apps web}. */
    String subject() {
        return resource + " " + name;
    }

    void run(ClusterFixture cluster, Path kubeconfig) {
        if (cluster.isReal() && hasKubectl()) {
            type(kubeconfig);
        } else {
            request(cluster.client());
        }
    }

    private void type(Path kubeconfig) {
        try {
            ProcessBuilder shell = new ProcessBuilder("sh", "-c", line).redirectErrorStream(true);
            shell.environment().put("KUBECONFIG", kubeconfig.toString());
            Process process = shell.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(line + "\n" + said);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(line, e);
        }
    }

    private void request(KubernetesClient client) {
        String[] parts = resource.split("\\.", 3);
        var definition = new ResourceDefinitionContext.Builder()
                .withPlural(parts[0])
                .withVersion(parts[1])
                .withGroup(parts[2])
                .withKind(parts[0])
                .withNamespaced(true)
                .build();
        Manifests.patch(
                client.genericKubernetesResources(definition)
                        .inNamespace(namespace)
                        .withName(name),
                patch);
    }

    private static boolean hasKubectl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "kubectl")));
    }
}
