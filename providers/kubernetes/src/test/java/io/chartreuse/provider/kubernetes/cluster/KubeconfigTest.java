package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    /** One that this process has, in place of one with a secret. */
    private static final String VARIABLE = "HOME";

    @TempDir
    Path directory;

    /** With a plug-in whose token is what it finds in the environment. */
    private Path kubeconfig(String context, String user) throws IOException {
        Path plugin = directory.resolve("plugin");
        Files.writeString(plugin, """
                #!/bin/sh
                echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential",'
                echo '"status": {"token": "'"$1[$HOME]"'"}}'
                """);
        Files.setPosixFilePermissions(plugin, PosixFilePermissions.fromString("rwx------"));
        return Files.writeString(directory.resolve("kubeconfig"), """
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users:
                  - {name: first, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %1$s, args: [first]%2$s}}}
                  - {name: second, user: {exec: {apiVersion: client.authentication.k8s.io/v1, command: %1$s, args: [second]}}}
                contexts: [{name: a, context: {cluster: c, user: first}}, {name: b, context: {cluster: c, user: second}}]
                current-context: %3$s
                """.formatted(plugin, user, context));
    }

    private static Config read(Path kubeconfig, Set<String> withheld, String context) {
        return Kubeconfig.read(kubeconfig, withheld).configuration(Optional.of(context));
    }

    @Test
    void aPluginIsGivenNoSecretOfTheConfigurationAlsoWhenItIsAskedAgain() throws IOException {
        Config config = read(kubeconfig("a", ""), Set.of(VARIABLE), "a");

        assertEquals("first[]", config.getAutoOAuthToken());
        assertEquals("first[]", config.refresh().getAutoOAuthToken());
        assertEquals(
                "first[" + System.getenv(VARIABLE) + "]",
                read(kubeconfig("a", ""), Set.of(), "a").getAutoOAuthToken());
    }

    @Test
    void aPluginIsGivenWhatItsOwnFileSets() throws IOException {
        Path kubeconfig = kubeconfig("a", ", env: [{name: " + VARIABLE + ", value: own}]");

        assertEquals("first[own]", read(kubeconfig, Set.of(VARIABLE), "a").getAutoOAuthToken());
    }

    @Test
    void aTokenIsRenewedInTheContextThatWasChosen() throws IOException {
        Config config = read(kubeconfig("a", ""), Set.of(VARIABLE), "b");

        assertEquals("second[]", config.refresh().getAutoOAuthToken());
    }

    @Test
    void aFileThatIsMuchTooLargeIsRefused() throws IOException {
        Path kubeconfig = Files.writeString(directory.resolve("large"), "#".repeat(9 * 1024 * 1024));

        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> Kubeconfig.read(kubeconfig, Set.of()));
        assertTrue(refused.getMessage().contains("it is larger than"), refused.getMessage());
    }
}
