package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.policy.Policies;
import io.chartreuse.core.refresh.Registry;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files beside chartreuse.yaml are mounted where the configuration names them, and can be read there. */
class FilesTest {

    private static final String MIGRATE = "Job/shop-chartreuse-migrate";

    /** An Ed25519 key, as SubjectPublicKeyInfo has it. */
    private static final String KEY = "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(spki())
            + "\n-----END PUBLIC KEY-----\n";

    private static final String NAMED = """
            config:
              policy: [own.json, object.json]
              approvals: {required: 1, keys: [{file: dba.pub}]}
              retention: {runs: 50, age: unlimited, plans: 7d}
            """;

    @TempDir
    Path directory;

    private static byte[] spki() {
        try {
            return KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String files() {
        String rule =
                ChartFolder.read(Path.of("../examples/policies/window.json")).replace("\n", "\n    ");
        return "files:\n  dba.pub: |\n    " + KEY.strip().replace("\n", "\n    ") + "\n  own.json: |\n    "
                + rule.strip()
                + "\n  object.json: "
                + rule.strip().replace("\"window\"", "\"other-window\"") + "\n";
    }

    private static JsonNode volume(Manifests manifests) {
        return manifests.object(MIGRATE).at("/spec/template/spec/volumes/0");
    }

    @Test
    void whatTheConfigurationNamesStandsBesideIt() {
        Manifests install = Rendering.install(directory, Values.SHOP, NAMED, files());
        install.object("ConfigMap/shop-chartreuse-config")
                .path("data")
                .properties()
                .forEach(file -> ChartFolder.write(
                        directory.resolve("mounted").resolve(file.getKey()),
                        file.getValue().asText()));
        Configuration configuration = new ConfigurationLoader(
                        Registry.installed().schema())
                .load(directory.resolve("mounted/chartreuse.yaml"));

        Policies.read(configuration.policies());
        ApprovalRule rule = ApprovalRule.of(configuration.approvals().orElseThrow(), configuration.directory());

        assertEquals(2, configuration.policies().size());
        assertEquals(1, rule.keys().size());
        assertEquals(Optional.of(50), configuration.retention().runs());
        assertEquals(Optional.empty(), configuration.retention().age());
        assertFalse(volume(install).has("projected"));
    }

    @Test
    void filesOfOthersStandThereToo() {
        Manifests install = Rendering.install(
                directory,
                Values.SHOP,
                "filesFrom: [{configMap: {name: policies}}, {secret: {name: keys, optional: true}}]");
        assertEquals(
                "[{\"configMap\":{\"name\":\"shop-chartreuse-config\"}},{\"configMap\":{\"name\":\"policies\"}},"
                        + "{\"secret\":{\"name\":\"keys\",\"optional\":true}}]",
                volume(install).at("/projected/sources").toString());
    }

    @Test
    void theImageIsKnownToTheRecordOfRuns() {
        Manifests install = Rendering.install(directory, Values.SHOP, "image: {tag: \"4.2.0\"}");
        assertTrue(Example.each(install.object(MIGRATE)
                        .at("/spec/template/spec/containers/0/env")
                        .elements())
                .stream()
                .anyMatch(entry -> entry.path("name").asText().equals("CHARTREUSE_IMAGE")
                        && entry.path("value").asText().equals("ghcr.io/chartreuse/chartreuse:4.2.0")));
    }

    @Test
    void whatIsNoFileOfThatFolderIsRefused() {
        for (String wrong : new String[] {
            "files: {chartreuse.yaml: x}",
            "files: {../x: y}",
            "files: {a/b.json: y}",
            "files: {a.json: 1}",
            "files: {a.key: \"-----BEGIN PRIVATE KEY-----\"}",
            "filesFrom: [{configMap: {}}]",
            "filesFrom: [{hostPath: {path: /}}]",
        }) {
            assertThrows(RuntimeException.class, () -> Rendering.install(directory, Values.SHOP, wrong), wrong);
        }
    }
}
