package io.chartreuse.provider.kubernetes.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.ChartreuseException;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KubeconfigFormatTest {

    private static final String ALL = """
            apiVersion: v1
            kind: Config
            current-context: one
            contexts:
              - {name: one, context: {cluster: near, user: certified, namespace: shop}}
              - {name: two, context: {cluster: far, user: asking}}
              - {name: hollow}
            clusters:
              - name: near
                cluster: {server: "https://near:6443", certificate-authority: pki/ca.crt, tls-server-name: kubernetes}
              - name: far
                cluster: {server: "https://far", certificate-authority-data: QUJD, insecure-skip-tls-verify: true, proxy-url: "http://proxy"}
              - {name: hollow}
            users:
              - {name: certified, user: {client-certificate: pki/me.crt, client-key: pki/me.key}}
              - {name: embedded, user: {client-certificate-data: QUJD, client-key-data: QUJD}}
              - {name: known, user: {username: me, password: "1234", as: somebody, as-groups: [one, two]}}
              - {name: bearer, user: {token: 1234, tokenFile: /run/token}}
              - {name: hollow}
              - name: provider
                user: {auth-provider: {name: oidc, config: {id-token: abc, client-id: shop}}}
              - name: asking
                user:
                  exec:
                    apiVersion: client.authentication.k8s.io/v1
                    command: bin/ask
                    args: [--cluster, far]
                    env: [{name: PROFILE, value: shop}]
                    interactiveMode: Never
                    provideClusterInfo: false
            """;

    @TempDir
    Path directory;

    @Test
    void itReadsWhatTheLibraryReads() {
        assertEquals(
                Serialization.asYaml(Serialization.unmarshal(ALL, Config.class))
                        .replace("apiVersion: \"v1\"\n", "")
                        .replace("kind: \"Config\"\n", ""),
                Serialization.asYaml(KubeconfigFormat.read(ALL))
                        .replace("apiVersion: \"v1\"\n", "")
                        .replace("kind: \"Config\"\n", ""));
    }

    @Test
    void whatIsOfAnotherFormIsRefused() {
        for (String text : List.of(
                "",
                "text",
                "[]",
                "contexts: text",
                "contexts: [text]",
                "users: [{name: {}}]",
                "clusters: [{cluster: 1}]")) {
            assertThrows(IllegalArgumentException.class, () -> KubeconfigFormat.read(text), text);
        }
    }

    /** The base of relative paths, and the file that is read again when a token has expired. */
    @Test
    void theConfigurationKnowsTheFileThatItIsFrom() throws IOException {
        File file = Files.writeString(directory.resolve("kubeconfig"), ALL).toFile();

        io.fabric8.kubernetes.client.Config config =
                Kubeconfig.read(file.toPath(), Set.of()).configuration(Optional.empty());

        assertEquals(file, config.getFile());
        assertEquals(file, config.getFileWithCluster());
        assertEquals(file, config.getFileWithAuthInfo());
        assertEquals(directory.resolve("pki/ca.crt").toString(), config.getCaCertFile());
        assertEquals(directory.resolve("pki/me.key").toString(), config.getClientKeyFile());
        assertEquals("https://near:6443/", config.getMasterUrl());
        assertEquals("shop", config.getNamespace());
    }

    @Test
    void jsonAndYamlInFlowStyleAreReadAsKubectlReadsThem() throws IOException {
        Config expected = KubeconfigFormat.read(ALL);
        String json = Serialization.asJson(Serialization.unmarshal(ALL, Config.class));
        String flow = json.replaceAll("\"([a-zA-Z-]+)\":", "$1: ").replaceAll("\"([a-z/.]+)\"", "'$1'");

        assertEquals(expected, KubeconfigFormat.read(json));
        assertEquals(expected, KubeconfigFormat.read("\n\t" + json.replace(",", ",\n\t")));
        assertTrue(flow.startsWith("{apiVersion: "), flow);
        assertEquals(expected, KubeconfigFormat.read(flow));
        assertEquals(expected, KubeconfigFormat.read("# comment\n" + flow));
        assertEquals(expected, KubeconfigFormat.read("---\n" + flow));
    }

    @Test
    void whatIsNeitherJsonNorYamlIsRefused() {
        for (String text : List.of("{", "{apiVersion: v1", "{\"contexts\": [}", "{a: b}}")) {
            assertThrows(RuntimeException.class, () -> KubeconfigFormat.read(text), text);
        }
    }

    private static Path pipe(Path path) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("mkfifo", path.toString()).start().waitFor());
        return path;
    }

    @Test
    void aPipeOrADirectoryInItsPlaceIsRefused() throws IOException, InterruptedException {
        for (Path path : List.of(pipe(directory.resolve("pipe")), directory)) {
            ChartreuseException refused = assertTimeoutPreemptively(
                    Duration.ofSeconds(30),
                    () -> assertThrows(ChartreuseException.class, () -> Kubeconfig.read(path, Set.of())));
            assertTrue(refused.getMessage().contains("and not a file"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "certificate-authority: ca.crt",
                "client-certificate: me.crt",
                "client-key: me.key",
                "tokenFile: token"
            })
    void aPipeThatItNamesIsRefused(String setting) throws IOException, InterruptedException {
        Path pipe = pipe(directory.resolve("pipe"));
        String place = setting.replaceFirst(": .*", ": pipe");
        boolean ofCluster = setting.startsWith("certificate-authority");
        Path file = Files.writeString(directory.resolve("kubeconfig"), """
                current-context: one
                contexts: [{name: one, context: {cluster: near, user: me}}]
                clusters: [{name: near, cluster: {server: "https://near"%s}}]
                users: [{name: me, user: {username: me%s}}]
                """.formatted(
                        ofCluster ? ", " + place : "", ofCluster ? "" : ", " + place));

        ChartreuseException refused = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThrows(
                        ChartreuseException.class,
                        () -> Kubeconfig.read(file, Set.of()).configuration(Optional.empty())));

        assertTrue(refused.getMessage().contains("names " + pipe), refused.getMessage());
    }
}
