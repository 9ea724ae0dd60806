package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Examples that are values of the chart: the chart accepts them, and the product accepts the resulting configuration.
 */
class ExampleValuesTest {

    @TempDir
    Path directory;

    private JsonNode pod(Manifests manifests) {
        return manifests.object("Job/shop-chartreuse-migrate").at("/spec/template/spec");
    }

    private static List<JsonNode> list(JsonNode array) {
        return Example.each(array.elements());
    }

    private static Optional<JsonNode> mount(JsonNode pod, String path) {
        return list(pod.at("/containers/0/volumeMounts")).stream()
                .filter(mount -> path.startsWith(mount.path("mountPath").asText()))
                .findFirst();
    }

    private static JsonNode volume(JsonNode pod, JsonNode mount) {
        return list(pod.path("volumes")).stream()
                .filter(volume -> volume.path("name").equals(mount.path("name")))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"init-container", "image-volume"})
    void theLocationOfMigrationsIsAVolumeThatIsOnlyRead(String name) {
        Example example = new Example("migrations-from/" + name, directory);
        Manifests manifests = example.ofChart();
        example.configuration(manifests, "shop-chartreuse");
        JsonNode mount = mount(pod(manifests), "/app/migrations").orElseThrow();
        assertTrue(mount.path("readOnly").asBoolean());
        assertTrue(volume(pod(manifests), mount).size() > 1);
    }

    @Test
    void anInitContainerCopiesWhereTheRunLooks() {
        JsonNode pod = pod(new Example("migrations-from/init-container", directory).ofChart());
        JsonNode copies = pod.at("/initContainers/0");
        JsonNode to = copies.at("/volumeMounts/0");
        assertEquals(to.path("mountPath"), copies.at("/command/3"));
        assertEquals(mount(pod, "/app/migrations").orElseThrow().path("name"), to.path("name"));
    }

    @Test
    void anImageOfOnesOwnIsBuiltFromTheOneThatTheChartIsFor() {
        Example example = new Example("migrations-from/image", directory);
        Manifests manifests = example.ofChart();
        example.configuration(manifests, "shop-chartreuse");
        Map<String, Object> chart = new Yaml().load(ChartFolder.read("Chart.yaml"));
        assertTrue(example.text("Dockerfile")
                .contains("FROM ghcr.io/chartreuse/chartreuse:" + chart.get("appVersion") + "\n"));
        assertTrue(example.text("Dockerfile").contains(" /app/migrations/\n"));
        assertEquals(
                "registry.example.com/shop-migrations:4.2.0",
                pod(manifests).at("/containers/0/image").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"external-secret", "csi"})
    void aPasswordInAFileIsInAVolume(String name) {
        Example example = new Example("credentials/" + name, directory);
        Manifests manifests = example.ofChart();
        String file = password(example, manifests).path("file").asText();
        JsonNode mount = mount(pod(manifests), file).orElseThrow();
        assertTrue(mount.path("readOnly").asBoolean());
        assertTrue(volume(pod(manifests), mount).size() > 1);
    }

    @Test
    void aPasswordInTheEnvironmentComesFromASecret() {
        Example example = new Example("credentials/secret", directory);
        Manifests manifests = example.ofChart();
        String variable = password(example, manifests).path("env").asText();
        assertTrue(list(pod(manifests).at("/containers/0/env")).stream()
                .filter(entry -> entry.path("name").asText().equals(variable))
                .anyMatch(entry -> entry.at("/valueFrom/secretKeyRef/name").isTextual()));
    }

    @Test
    void aUrlInTheEnvironmentComesFromASecret() {
        Example example = new Example("credentials/operator", directory);
        Manifests manifests = example.ofChart();
        String variable = example.configuration(manifests, "shop-chartreuse")
                .sections()
                .get("postgres")
                .at("/databases/main/url/env")
                .asText();
        assertTrue(list(pod(manifests).at("/containers/0/env")).stream()
                .filter(entry -> entry.path("name").asText().equals(variable))
                .anyMatch(entry ->
                        entry.at("/valueFrom/secretKeyRef/key").asText().equals("uri")));
    }

    @Test
    void aPasswordMayBeWhatACommandPrints() {
        Example example = new Example("credentials/token", directory);
        assertTrue(password(example, example.ofChart()).at("/command/run").size() > 1);
    }

    /** The reference in the configuration that the product accepts. */
    private static JsonNode password(Example example, Manifests manifests) {
        return example.configuration(manifests, "shop-chartreuse")
                .sections()
                .get("postgres")
                .at("/databases/main/password");
    }

    @Test
    void whatMakesTheSecretIsThereBeforeTheMigrationOfArgoCd() {
        JsonNode values = new Example("credentials", directory).yaml("external-secret/external-secret.yaml");
        JsonNode provider = new Example("credentials", directory).yaml("csi/secret-provider-class.yaml");
        for (JsonNode object : List.of(values, provider)) {
            assertEquals(
                    "-52",
                    object.path("metadata")
                            .path("annotations")
                            .path("argocd.argoproj.io/sync-wave")
                            .asText());
            assertEquals("shop-pg", object.at("/metadata/name").asText());
        }
    }
}
