package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The objects that each mode creates, and when; the golden files have all of it. */
class MatrixTest {

    private static final String CONFIG = "ConfigMap/shop-chartreuse-config";
    private static final List<String> SET = set("");
    private static final List<String> RESTORES = set("-restore");
    private static final List<String> CHECKS = set("-check");

    private static final String AFTER = "strategy: after";
    private static final String BEFORE = "strategy: before";
    private static final String ARGO_CD = "deploymentMethod: argocd";
    private static final String NO_TESTS = "tests: {enabled: false}";
    private static final String MIGRATE = "Job/shop-chartreuse-migrate";
    private static final String RESTORE = "Job/shop-chartreuse-restore";
    private static final String ROLLBACK = "Job/shop-chartreuse-rollback";

    @TempDir
    Path directory;

    /** An account and its rights. */
    private static List<String> set(String suffix) {
        return Stream.of("Role", "RoleBinding", "ServiceAccount")
                .map(kind -> kind + "/shop-chartreuse" + suffix)
                .toList();
    }

    private static List<String> all(List<String> more, List<List<String>> sets) {
        return Stream.concat(more.stream(), sets.stream().flatMap(List::stream))
                .sorted()
                .toList();
    }

    private static List<String> names(Manifests manifests) {
        return manifests.names().stream().distinct().toList();
    }

    @Test
    void afterTheDeploymentIsAHookBehindInstallAndUpgrade() {
        Manifests install = Rendering.install(directory, Values.SHOP, AFTER);
        Golden.assertSame("helm-after.yaml", install.text());
        assertEquals(
                all(List.of(CONFIG, MIGRATE, RESTORE, "Job/shop-chartreuse-doctor"), List.of(SET, RESTORES, CHECKS)),
                names(install));
        assertEquals("post-install,post-upgrade", install.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals("post-rollback", install.annotation(RESTORE, "helm.sh/hook"));
        assertEquals(
                install.text(), Rendering.upgrade(directory, Values.SHOP, AFTER).text());
    }

    @Test
    void afterTheDeploymentMayBeAJobOfEachRevisionForWhoWaits() {
        Manifests install = Rendering.install(directory, Values.SHOP, NO_TESTS, "hooks: {enabled: false}");
        assertEquals(all(List.of(CONFIG, "Job/shop-chartreuse-r1"), List.of(SET)), names(install));
        assertEquals(
                List.of("  ", "pre-rollback 1 before-hook-creation,hook-succeeded,hook-failed"),
                hooks(install, "Job/shop-chartreuse-r1").stream().sorted().toList());
    }

    @Test
    void beforeTheDeploymentIsAPlainJobOnInstall() {
        Manifests install = Rendering.install(directory, Values.SHOP, BEFORE);
        Golden.assertSame("helm-before-install.yaml", install.text());
        assertEquals(
                all(
                        List.of("Job/shop-chartreuse-install", "Job/shop-chartreuse-doctor"),
                        List.of(SET, RESTORES, CHECKS)),
                install.objects().stream()
                        .filter(object ->
                                object.at("/metadata/annotations/helm.sh~1hook").isMissingNode()
                                        || object.at("/metadata/annotations/helm.sh~1hook")
                                                .asText()
                                                .equals("test"))
                        .map(Manifests::name)
                        .sorted()
                        .toList());
        assertEquals(
                List.of("apply", "--yes", "--install"),
                install.arguments("Job/shop-chartreuse-install").subList(0, 3));
    }

    @Test
    void beforeTheDeploymentIsAHookAheadOfAnUpgradeAndARestoreBehindIt() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, NO_TESTS);
        Golden.assertSame("helm-before-upgrade.yaml", upgrade.text());
        assertEquals(
                all(
                        List.of(CONFIG, MIGRATE, RESTORE, ROLLBACK, "Job/shop-chartreuse-install"),
                        List.of(SET, RESTORES, CHECKS)),
                names(upgrade));
        assertEquals("pre-upgrade", upgrade.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals("post-upgrade,post-rollback", upgrade.annotation(RESTORE, "helm.sh/hook"));
        assertEquals("pre-rollback", upgrade.annotation(ROLLBACK, "helm.sh/hook"));
        assertEquals("apply", upgrade.arguments(MIGRATE).get(0));
        assertEquals("restore", upgrade.arguments(RESTORE).get(0));
        assertEquals(
                List.of("plan", "--lock-timeout", "10m"),
                upgrade.arguments(ROLLBACK).subList(0, 3));
    }

    /** All objects with a name of their own belong to the release: an upgrade that fails leaves none behind. */
    @Test
    void whatAHookNeedsIsMadeOneWeightEarlierAndIsTheReleasesAsWell() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, "hooks: {weight: 5}");
        SET.forEach(name -> assertEquals(List.of("  ", "pre-upgrade 4 before-hook-creation"), hooks(upgrade, name)));
        CHECKS.forEach(
                name -> assertEquals(List.of("  ", "pre-rollback 4 before-hook-creation"), hooks(upgrade, name)));
        RESTORES.forEach(name -> assertEquals(List.of("  "), hooks(upgrade, name)));
        assertEquals(List.of("pre-upgrade 5 before-hook-creation"), hooks(upgrade, MIGRATE));
        assertEquals(List.of("post-upgrade,post-rollback 5 before-hook-creation"), hooks(upgrade, RESTORE));
        assertEquals("hook-failed", upgrade.annotation(MIGRATE, "helm.sh/hook-output-log-policy"));
    }

    @Test
    void theConfigurationIsMadeAnewForEachRevisionAndGoesWithTheRelease() {
        for (String strategy : List.of(BEFORE, AFTER)) {
            Manifests install = Rendering.install(directory, Values.SHOP, strategy);
            assertEquals(
                    List.of(
                            "pre-install,pre-upgrade,pre-rollback 0 before-hook-creation",
                            "post-delete 1 before-hook-creation,hook-succeeded"),
                    hooks(install, CONFIG));
            assertTrue(install.object(CONFIG).path("immutable").asBoolean());
        }
        Manifests sync = Rendering.install(directory, Values.SHOP, ARGO_CD);
        assertTrue(sync.object(CONFIG).path("immutable").asBoolean());
        assertEquals("Replace=true,Force=true", sync.annotation(CONFIG, "argocd.argoproj.io/sync-options"));
        assertEquals("-51", sync.annotation(CONFIG, "argocd.argoproj.io/sync-wave"));
    }

    /** Event, weight and policy of each hook of that name. */
    private static List<String> hooks(Manifests manifests, String name) {
        return manifests.objects().stream()
                .filter(object -> Manifests.name(object).equals(name))
                .map(object -> object.at("/metadata/annotations"))
                .map(hook -> hook.path("helm.sh/hook").asText() + " "
                        + hook.path("helm.sh/hook-weight").asText() + " "
                        + hook.path("helm.sh/hook-delete-policy").asText())
                .toList();
    }

    @Test
    void anInstallationAheadOfItsWorkloadsIsAHookWithWhatItNeeds() {
        Manifests install = Rendering.install(directory, Values.SHOP, BEFORE, NO_TESTS, "hooks: {preInstall: true}");
        assertEquals(List.of("pre-install,pre-upgrade 1 before-hook-creation"), hooks(install, MIGRATE));
        SET.forEach(name ->
                assertEquals(List.of("  ", "pre-install,pre-upgrade 0 before-hook-creation"), hooks(install, name)));
        assertTrue(install.arguments(MIGRATE).contains("--install"));
        assertEquals(
                List.of("post-delete 1 before-hook-creation,hook-succeeded,hook-failed"),
                hooks(install, "Job/shop-chartreuse-install"));
    }

    @Test
    void theWeightOfHooksMayBeAText() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, "hooks: {weight: '7'}");
        assertEquals(List.of("pre-upgrade 7 before-hook-creation"), hooks(upgrade, MIGRATE));
        assertEquals("6", upgrade.annotation(CONFIG, "helm.sh/hook-weight"));
    }

    @Test
    void argoCdMigratesInAnEarlyWaveAndRestoresBehindTheSync() {
        Manifests sync = Rendering.install(directory, Values.SHOP, ARGO_CD);
        Golden.assertSame("argocd-before.yaml", sync.text());
        assertEquals(all(List.of(CONFIG, MIGRATE, RESTORE), List.of(SET, RESTORES)), names(sync));
        assertEquals("Sync", sync.annotation(MIGRATE, "argocd.argoproj.io/hook"));
        assertEquals("-50", sync.annotation(MIGRATE, "argocd.argoproj.io/sync-wave"));
        assertEquals("BeforeHookCreation", sync.annotation(MIGRATE, "argocd.argoproj.io/hook-delete-policy"));
        assertEquals("PostSync", sync.annotation(RESTORE, "argocd.argoproj.io/hook"));
        SET.forEach(name -> assertEquals("-51", sync.annotation(name, "argocd.argoproj.io/sync-wave"), name));
    }

    @Test
    void argoCdMigratesBehindTheSyncWhereThatIsAskedFor() {
        Manifests sync = Rendering.install(directory, Values.SHOP, ARGO_CD, AFTER);
        Golden.assertSame("argocd-after.yaml", sync.text());
        assertEquals(all(List.of(CONFIG, MIGRATE), List.of(SET)), names(sync));
        assertEquals("PostSync", sync.annotation(MIGRATE, "argocd.argoproj.io/hook"));
    }

    @Test
    void argoCdWhichAlwaysRendersAnInstallGetsTheSameOnAnUpgrade() {
        for (String strategy : List.of(BEFORE, AFTER)) {
            assertEquals(
                    Rendering.install(directory, Values.SHOP, ARGO_CD, strategy).text(),
                    Rendering.upgrade(directory, Values.SHOP, ARGO_CD, strategy).text());
        }
    }

    @Test
    void whereNothingIsStoppedNothingIsRestored() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, NO_TESTS, "config: {kubernetes: null}");
        assertFalse(upgrade.names().contains(RESTORE));
        assertTrue(upgrade.names().contains(MIGRATE));
        Manifests after = Rendering.install(directory, Values.SHOP, AFTER, "config: {kubernetes: null}");
        assertFalse(after.names().contains(RESTORE));
    }

    @Test
    void whereTheApiServerIsNotAskedThereIsNoRoleAndNoToken() {
        Manifests install = Rendering.install(directory, Values.SHOP, NO_TESTS, """
                config: {kubernetes: null, backend: {type: file, directory: /var/lib/chartreuse}}
                volumes: [{name: artifacts, persistentVolumeClaim: {claimName: chartreuse}}]
                volumeMounts: [{name: artifacts, mountPath: /var/lib/chartreuse}]
                """);
        assertEquals(List.of(CONFIG, MIGRATE, "ServiceAccount/shop-chartreuse"), names(install));
        assertEquals(
                "false",
                install.object(MIGRATE)
                        .at("/spec/template/spec/automountServiceAccountToken")
                        .asText());
    }

    @Test
    void aReleaseOfItsOwnMayCreateTheDefinitionAndNothingElse() {
        Manifests install = Rendering.install(directory, "crd: {create: true}");
        assertEquals(List.of("CustomResourceDefinition/expecteddeploymentscales.wiremind.io"), install.names());
        assertEquals("keep", install.annotation(install.names().get(0), "helm.sh/resource-policy"));
    }
}
