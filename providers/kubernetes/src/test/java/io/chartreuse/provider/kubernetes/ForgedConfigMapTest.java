package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.ArtifactInspection;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.text.Sha256;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Artifacts that were changed in the cluster by an account that may write ConfigMaps there. */
class ForgedConfigMapTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final String PARTS = "chartreuse.io/parts";

    @TempDir
    Path directory;

    private final ClusterFixture cluster = ClusterFixture.start();
    private Backend backend;

    @BeforeEach
    void connect() {
        backend = Sessions.backend(cluster.writeKubeconfig(directory.resolve("kubeconfig")));
    }

    @AfterEach
    void disconnect() {
        backend.close();
        cluster.close();
    }

    @Test
    void aFewKilobytesThatHoldGigabytesAreNotUnpacked() throws IOException {
        Artifact plan = saved(large(1));
        String bomb = Base64.getEncoder().encodeToString(bomb());
        replace(index(plan), map -> {
            map.getMetadata().getAnnotations().remove(PARTS);
            map.setBinaryData(Map.of("plan.json.gz", bomb));
            return map;
        });
        refused(KubernetesError.ARTIFACT_EDITED, plan);
    }

    @Test
    void norAreThoseOfAState() throws IOException, VersionConflict {
        backend.state().write(new Artifact(StateStore.CURRENT, Sessions.RELEASE, "1.0", NOON, large(1), ""));
        String bomb = Base64.getEncoder().encodeToString(bomb());
        ConfigMap index = configMaps().stream()
                .filter(map -> "state".equals(map.getMetadata().getLabels().get("chartreuse.io/artifact")))
                .findFirst()
                .orElseThrow();
        replace(index, map -> {
            map.getMetadata().getAnnotations().remove(PARTS);
            map.setBinaryData(Map.of("state.json.gz", bomb));
            return map;
        });
        ChartreuseException edited =
                assertThrows(ChartreuseException.class, () -> backend.state().read());
        assertEquals(
                KubernetesError.ARTIFACT_EDITED, edited.diagnostics().get(0).code());
    }

    @Test
    void partsOfAnotherPlanAreNotTaken() {
        Artifact plan = saved(large(1));
        Artifact other = saved(large(2));
        String parts = index(other).getMetadata().getAnnotations().get(PARTS);
        replace(index(plan), map -> {
            map.getMetadata().getAnnotations().put(PARTS, parts);
            return map;
        });
        refused(KubernetesError.ARTIFACT_EDITED, plan);
    }

    @Test
    void partsInAnotherOrderAreNotTaken() {
        Artifact plan = saved(large(1));
        replace(index(plan), map -> {
            List<String> names =
                    List.of(map.getMetadata().getAnnotations().get(PARTS).split(","));
            String turned = IntStream.range(0, names.size())
                    .mapToObj(i -> names.get(names.size() - 1 - i))
                    .collect(Collectors.joining(","));
            map.getMetadata().getAnnotations().put(PARTS, turned);
            return map;
        });
        refused(KubernetesError.ARTIFACT_EDITED, plan);
    }

    @Test
    void morePartsThanAnyArtifactHasAreNotAskedFor() {
        Artifact plan = saved(large(1));
        replace(index(plan), map -> {
            String first = map.getMetadata().getAnnotations().get(PARTS).split(",")[0];
            map.getMetadata()
                    .getAnnotations()
                    .put(PARTS, IntStream.range(0, 1000).mapToObj(i -> first).collect(Collectors.joining(",")));
            return map;
        });
        refused(KubernetesError.ARTIFACT_EDITED, plan);
    }

    @Test
    void anOldPlanUnderTheNameOrTheLabelsOfANewOneIsNotTaken() {
        Artifact old = saved("{\"old\": true}");
        Artifact reviewed = saved("{\"reviewed\": true}");
        String name = index(reviewed).getMetadata().getName();
        ConfigMap copy = new ConfigMapBuilder(index(old)).build();
        replace(index(reviewed), map -> {
            copy.getMetadata().setName(name);
            return copy;
        });
        refused(KubernetesError.FOREIGN_OBJECT, reviewed);
        assertEquals(
                List.of(old.id()),
                backend.plans().list().stream().map(StoredPlan::id).toList());
    }

    @Test
    void aPlanOfAnotherReleaseIsNotTaken() {
        Artifact plan = saved("{}");
        replace(index(plan), map -> {
            map.getMetadata().getAnnotations().put("chartreuse.io/release-name", "store");
            return map;
        });
        refused(KubernetesError.FOREIGN_OBJECT, plan);
    }

    @Test
    void whatListsLeaveOutIsNamedToAnAudit() throws VersionConflict {
        assertEquals(List.of(), ((ArtifactInspection) backend).unsound());
        backend.journal().write(new Artifact("run-1", Sessions.RELEASE, "1.0", NOON, "{}", ""));
        ConfigMap run = configMaps().get(0);
        replace(
                run,
                map -> new ConfigMapBuilder(map)
                        .addToData("run.json", "{\"forged\": true}")
                        .build());
        cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .resource(bare(new ConfigMapBuilder(run)
                        .editMetadata()
                        .withName("chartreuse-run-shop.copy")
                        .endMetadata()
                        .build()))
                .create();

        List<Diagnostic> unsound = ((ArtifactInspection) backend).unsound();

        assertEquals(List.of(), backend.journal().list());
        assertEquals(2, unsound.size(), unsound::toString);
        assertTrue(unsound.toString().contains(run.getMetadata().getName()), unsound::toString);
        assertTrue(unsound.toString().contains("chartreuse-run-shop.copy"), unsound::toString);
    }

    @Test
    void anotherClusterWithTheSameNamesIsAnotherPlace() {
        if (!cluster.isReal()) {
            assertEquals(Map.of(), ((ClusterIdentity) backend).anchor(), "nobody knows");
            cluster.client()
                    .configMaps()
                    .inNamespace(cluster.namespace())
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withName("kube-root-ca.crt")
                            .endMetadata()
                            .build())
                    .create();
        }
        String uid = cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName("kube-root-ca.crt")
                .waitUntilCondition(map -> map != null, 30, java.util.concurrent.TimeUnit.SECONDS)
                .getMetadata()
                .getUid();
        assertEquals(Map.of("cluster", uid), ((ClusterIdentity) backend).anchor());
    }

    private Artifact saved(String content) {
        Artifact plan = new Artifact(Sha256.of(content), Sessions.RELEASE, "1.0", NOON, content, "");
        backend.plans().save(plan);
        return plan;
    }

    private void refused(KubernetesError code, Artifact plan) {
        ChartreuseException refused =
                assertThrows(ChartreuseException.class, () -> backend.plans().find(plan.id()));
        assertEquals(code, refused.diagnostics().get(0).code());
        assertTrue(backend.plans().list().stream().noneMatch(found -> found.id().equals(plan.id())));
    }

    /** Three chunks that compress to half. */
    private static String large(int seed) {
        byte[] bytes = new byte[3 * 1024 * 1024 / 2 + 1024 * 1024];
        new Random(seed).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** 900 kB of gzip that hold 900 MB. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            byte[] megabyte = new byte[1024 * 1024];
            for (int i = 0; i < 900; i++) {
                gzip.write(megabyte);
            }
        }
        return out.toByteArray();
    }

    private List<ConfigMap> configMaps() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withLabel("app.kubernetes.io/managed-by", "chartreuse")
                .list()
                .getItems();
    }

    private ConfigMap index(Artifact plan) {
        return configMaps().stream()
                .filter(map -> !"part".equals(map.getMetadata().getLabels().get("chartreuse.io/artifact")))
                .filter(map ->
                        plan.id().equals(map.getMetadata().getAnnotations().get("chartreuse.io/id")))
                .findFirst()
                .orElseThrow();
    }

    private void replace(ConfigMap there, UnaryOperator<ConfigMap> edit) {
        var named = cluster.client().configMaps().inNamespace(cluster.namespace());
        named.withName(there.getMetadata().getName()).delete();
        named.resource(bare(edit.apply(new ConfigMapBuilder(there).build()))).create();
    }

    private static ConfigMap bare(ConfigMap map) {
        return new ConfigMapBuilder(map)
                .editMetadata()
                .withResourceVersion(null)
                .withUid(null)
                .endMetadata()
                .build();
    }
}
