package io.chartreuse.provider.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.provider.kubernetes.cluster.KubernetesError;
import io.chartreuse.spi.backend.Artifact;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.StateStore;
import io.chartreuse.spi.backend.StoredPlan;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.text.Sha256;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubernetesBackendTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

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
    void aPlanIsReadAsItWasSaved() {
        Artifact plan = plan("{\"name\": \"é\",\n  \"n\": 1.0}\n", NOON);
        backend.plans().save(plan);

        Artifact found = backend.plans().find(plan.id()).orElseThrow();

        assertEquals(plan.content(), found.content());
        assertEquals(plan.createdAt(), found.createdAt());
        assertEquals("1.0", found.formatVersion());
        assertEquals(Optional.empty(), backend.plans().find(Sha256.of("another")));
    }

    @Test
    void aPlanIsAnImmutableConfigMapThatIsFoundByLabels() {
        backend.plans().save(plan("{}", NOON));

        ConfigMap stored = only();

        assertTrue(stored.getImmutable());
        assertEquals("chartreuse", stored.getMetadata().getLabels().get("app.kubernetes.io/managed-by"));
        assertEquals("plan", stored.getMetadata().getLabels().get("chartreuse.io/artifact"));
        assertEquals("shop", stored.getMetadata().getLabels().get("chartreuse.io/release"));
        assertEquals("1.0", stored.getMetadata().getLabels().get("chartreuse.io/format-version"));
        assertEquals(Sha256.of("{}"), stored.getMetadata().getAnnotations().get("chartreuse.io/id"));
        assertTrue(stored.getMetadata().getOwnerReferences().isEmpty());
        assertEquals("{}", stored.getData().get("plan.json"));
    }

    @Test
    void savingAPlanTwiceDoesNothing() {
        backend.plans().save(plan("{}", NOON));
        backend.plans().save(plan("{}", NOON));

        assertEquals(1, backend.plans().list().size());
    }

    @Test
    void aPlanIdWithOtherContentIsRefused() {
        backend.plans().save(plan("{}", NOON));

        assertRefused(
                KubernetesError.ARTIFACT_CONFLICT,
                () -> backend.plans().save(artifact(Sha256.of("{}"), "{\"other\": 1}", NOON)));
    }

    @Test
    void plansAreListedOldestFirst() {
        Artifact younger = plan("{\"a\": 1}", NOON.plusSeconds(1));
        Artifact older = plan("{\"b\": 1}", NOON);
        backend.plans().save(younger);
        backend.plans().save(older);

        assertEquals(
                List.of(older.id(), younger.id()),
                backend.plans().list().stream().map(StoredPlan::id).toList());
        assertEquals(List.of(), backend.journal().list());
    }

    @Test
    void aPlanOfThreeMebibytesIsReadAsItWasSaved() {
        Artifact plan = plan(incompressible(3 * 1024 * 1024), NOON);
        backend.plans().save(plan);
        backend.plans().save(plan);

        assertTrue(configMaps().size() > 1, "was to be split");
        assertEquals(
                plan.content(), backend.plans().find(plan.id()).orElseThrow().content());
        assertEquals(1, backend.plans().list().size());
    }

    @Test
    void aMissingPartIsNamed() {
        Artifact plan = plan(incompressible(3 * 1024 * 1024), NOON);
        backend.plans().save(plan);
        ConfigMap part = part();
        cluster.client().resource(part).delete();

        ChartreuseException incomplete = assertRefused(
                KubernetesError.ARTIFACT_INCOMPLETE, () -> backend.plans().find(plan.id()));

        assertTrue(incomplete.getMessage().contains(part.getMetadata().getName()), incomplete.getMessage());
    }

    @Test
    void anEditedPartIsNamed() {
        Artifact plan = plan(incompressible(3 * 1024 * 1024), NOON);
        backend.plans().save(plan);
        ConfigMap part = part();
        replace(new ConfigMapBuilder(part)
                .addToBinaryData("plan.json.gz", "AAAA")
                .build());

        ChartreuseException edited = assertRefused(
                KubernetesError.ARTIFACT_EDITED, () -> backend.plans().find(plan.id()));

        assertTrue(edited.getMessage().contains(part.getMetadata().getName()), edited.getMessage());
    }

    @Test
    void anEditedPlanIsRefusedAndLeftOutOfTheList() {
        Artifact plan = plan("{}", NOON);
        backend.plans().save(plan);
        replace(new ConfigMapBuilder(only()).addToData("plan.json", "{ }").build());

        assertRefused(KubernetesError.ARTIFACT_EDITED, () -> backend.plans().find(plan.id()));
        assertEquals(List.of(), backend.plans().list());
    }

    @Test
    void aForeignConfigMapUnderAPlansNameIsRefusedByName() {
        Artifact plan = plan("{}", NOON);
        backend.plans().save(plan);
        String name = only().getMetadata().getName();
        replace(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(cluster.namespace())
                .endMetadata()
                .addToData("plan.json", "{}")
                .build());

        for (Runnable use : List.<Runnable>of(
                () -> backend.plans().save(plan), () -> backend.plans().find(plan.id()))) {
            ChartreuseException foreign = assertRefused(KubernetesError.FOREIGN_OBJECT, use);
            assertTrue(foreign.getMessage().contains(name), foreign.getMessage());
        }
        assertEquals(List.of(), backend.plans().list());
    }

    @Test
    void aStateThatShrinksLeavesNoPartsBehind() throws VersionConflict {
        Artifact large = backend.state().write(state(incompressible(3 * 1024 * 1024), ""));
        assertTrue(configMaps().size() > 1, "was to be split");
        backend.state().write(state("{}", large.version()));

        assertEquals("chartreuse-state-shop.current", only().getMetadata().getName());
        assertEquals("{}", backend.state().read().orElseThrow().content());
    }

    @Test
    void aForeignConfigMapInThePlaceOfTheStateIsRefusedByName() {
        String name = "chartreuse-state-shop.current";
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(cluster.namespace())
                        .endMetadata()
                        .addToData("state.json", "{}")
                        .build())
                .create();

        for (Runnable use :
                List.<Runnable>of(() -> backend.state().read(), () -> written(state("{\"ours\": true}", "")))) {
            ChartreuseException foreign = assertRefused(KubernetesError.FOREIGN_OBJECT, use);
            assertTrue(foreign.getMessage().contains(name), foreign.getMessage());
        }
        ConfigMap there = cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withName(name)
                .get();
        assertEquals("{}", there.getData().get("state.json"));
    }

    private void written(Artifact state) {
        try {
            backend.state().write(state);
        } catch (VersionConflict e) {
            throw new AssertionError("nobody else writes it", e);
        }
    }

    private static Artifact state(String content, String version) {
        return new Artifact(StateStore.CURRENT, "shop", "1.0", NOON, content, version);
    }

    @Test
    void aRunIsRewrittenFromTheVersionThatWasReadLast() throws VersionConflict {
        Artifact begun = backend.journal().write(run("run-1", "{\"steps\": []}", ""));
        Artifact written = backend.journal().write(run("run-1", "{\"steps\": [1]}", begun.version()));

        assertEquals(
                "{\"steps\": [1]}",
                backend.journal().find("run-1").orElseThrow().content());
        assertEquals(
                written.version(), backend.journal().find("run-1").orElseThrow().version());
        assertThrows(
                VersionConflict.class,
                () -> backend.journal().write(run("run-1", "{\"steps\": [2]}", begun.version())));
        assertThrows(VersionConflict.class, () -> backend.journal().write(run("run-1", "{\"steps\": [2]}", "")));
    }

    @Test
    void aWriteThatWasRepeatedBecauseItsAnswerWasLostSucceeds() throws VersionConflict {
        Artifact begun = backend.journal().write(run("run-1", "{}", ""));
        assertEquals(begun, backend.journal().write(run("run-1", "{}", "")));

        Artifact written = backend.journal().write(run("run-1", "{\"a\": 1}", begun.version()));
        assertEquals(written, backend.journal().write(run("run-1", "{\"a\": 1}", begun.version())));
    }

    @Test
    void aRunThatIsGoneIsAConflict() throws VersionConflict {
        Artifact begun = backend.journal().write(run("run-1", "{}", ""));
        cluster.client().resource(only()).delete();

        assertThrows(VersionConflict.class, () -> backend.journal().write(run("run-1", "{\"a\": 1}", begun.version())));
    }

    @Test
    void aRunThatOutgrowsItsConfigMapLeavesNoPartsBehind() throws VersionConflict {
        Artifact begun = backend.journal().write(run("run-1", "{}", ""));
        String large = incompressible(3 * 1024 * 1024);
        Artifact grown = backend.journal().write(run("run-1", large, begun.version()));
        assertEquals(large, backend.journal().find("run-1").orElseThrow().content());

        backend.journal().write(run("run-1", "{\"small\": 1}", grown.version()));

        assertEquals(1, configMaps().size());
        assertEquals(
                "{\"small\": 1}", backend.journal().find("run-1").orElseThrow().content());
    }

    @Test
    void anOddRunIdIsKeptToTheLetter() throws VersionConflict {
        for (String id : List.of("Run #1 / ü", "run_1", "RUN-1", "-", "r".repeat(300), "sha256:short")) {
            backend.journal().write(run(id, "{}", ""));
            assertEquals(id, backend.journal().find(id).orElseThrow().id());
        }
        assertEquals(6, backend.journal().list().size());
    }

    @Test
    void aWriteOnAnInterruptedThreadIsDoneAndKeepsTheInterrupt() throws VersionConflict {
        Thread.currentThread().interrupt();
        backend.journal().write(run("run-1", "{}", ""));

        assertTrue(Thread.interrupted());
        assertTrue(backend.journal().find("run-1").isPresent());
    }

    private static Artifact plan(String content, Instant createdAt) {
        return artifact(Sha256.of(content), content, createdAt);
    }

    private static Artifact artifact(String id, String content, Instant createdAt) {
        return new Artifact(id, Sessions.RELEASE, "1.0", createdAt, content, "");
    }

    private static Artifact run(String id, String content, String version) {
        return new Artifact(id, Sessions.RELEASE, "1.0", NOON, content, version);
    }

    private static String incompressible(int length) {
        byte[] bytes = new byte[length / 2];
        new Random(7).nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private List<ConfigMap> configMaps() {
        return cluster.client()
                .configMaps()
                .inNamespace(cluster.namespace())
                .withLabel("app.kubernetes.io/managed-by", "chartreuse")
                .list()
                .getItems();
    }

    private ConfigMap only() {
        assertEquals(1, configMaps().size());
        return configMaps().get(0);
    }

    private ConfigMap part() {
        return configMaps().stream()
                .filter(object -> "part".equals(object.getMetadata().getLabels().get("chartreuse.io/artifact")))
                .findFirst()
                .orElseThrow();
    }

    /** Deletes and creates the object, the only way to edit an immutable ConfigMap. */
    private void replace(ConfigMap object) {
        var named = cluster.client().configMaps().inNamespace(cluster.namespace());
        named.withName(object.getMetadata().getName()).delete();
        named.resource(new ConfigMapBuilder(object)
                        .editMetadata()
                        .withResourceVersion(null)
                        .withUid(null)
                        .endMetadata()
                        .build())
                .create();
    }

    private static ChartreuseException assertRefused(KubernetesError code, Runnable call) {
        ChartreuseException refused = assertThrows(ChartreuseException.class, call::run);
        assertEquals(code, refused.diagnostics().get(0).code());
        return refused;
    }
}
