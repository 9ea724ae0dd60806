package io.chartreuse.provider.kubernetes;

import static io.chartreuse.provider.kubernetes.Sessions.only;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.provider.kubernetes.fault.Fault;
import io.chartreuse.provider.kubernetes.fault.FaultProxy;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.provider.Provider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run outlives its token: the token's source is read again when the server no longer accepts the token. */
class TokenTest {

    private static final int ALWAYS = 1000;

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start().withScaleDefinition();
    private String valid;
    private Path kubeconfig;
    private FaultProxy proxy;

    private Path connect(String user) throws IOException {
        kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
        String text = Files.readString(kubeconfig);
        valid = text.replaceFirst("(?s).*token: \"([^\"]*)\".*", "$1");
        Files.writeString(kubeconfig, text.replaceFirst("user: \\{token: [^}]*}", "user: " + user));
        proxy = FaultProxy.before(kubeconfig);
        return kubeconfig;
    }

    @AfterEach
    void disconnect() {
        proxy.close();
        cluster.close();
    }

    /** Makes the server refuse a token that it accepted so far. */
    private void expire(String token) {
        proxy.next(
                ALWAYS,
                request -> request.head().contains("Bearer " + token + "\r\n"),
                Fault.status(401, "the token has expired"));
    }

    private void assertReadAgain(Runnable renewal) {
        cluster.workloads().deployment("web", 1);
        cluster.workloads().expectedScale(Sessions.RELEASE, "web", 1, 0);
        try (Provider provider = Sessions.provider(kubeconfig)) {
            proxy.next(1, "GET", "/", Fault.status(401, "nobody has this token yet"));
            expire("former");
            renewal.run();
            assertEquals("web", only(provider.refresh()).address().name());
        }
    }

    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ofAKubeconfig() throws IOException {
        connect("{token: former}");
        assertReadAgain(() -> write(kubeconfig, read(kubeconfig).replace("{token: former}", "{token: " + valid + "}")));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void ofAFileThatAKubeconfigNames() throws IOException {
        Path token = directory.resolve("token");
        write(token, "former");
        connect("{tokenFile: " + token + "}");
        assertReadAgain(() -> write(token, valid));
    }

    @Test
    void oneThatIsNotRenewedIsRefused() throws IOException {
        Path token = directory.resolve("token");
        write(token, "former");
        connect("{tokenFile: token}");
        expire("former");
        try (Provider provider = Sessions.provider(kubeconfig)) {
            assertEquals(
                    KubernetesError.UNAUTHORIZED,
                    assertThrows(ChartreuseException.class, provider::refresh)
                            .diagnostics()
                            .get(0)
                            .code());
        }
    }

    @Test
    void ofAPluginThatAKubeconfigNames() throws IOException {
        Path answer = directory.resolve("answer");
        write(answer, credential("former"));
        connect("{exec: {apiVersion: client.authentication.k8s.io/v1, command: cat, args: [" + answer
                + "], interactiveMode: Never}}");
        assertReadAgain(() -> write(answer, credential(valid)));
    }

    private static String credential(String token) {
        return """
                {"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "%s"}}
                """.formatted(token);
    }
}
