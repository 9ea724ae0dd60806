package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When what is created, in each mode; the whole of it is in the golden files. */
class MatrixTest {

    private static final List<String> SET = List.of(
            "ConfigMap/shop-chartreuse",
            "Role/shop-chartreuse",
            "RoleBinding/shop-chartreuse",
            "ServiceAccount/shop-chartreuse");

    private static final String AFTER = "strategy: after";
    private static final String BEFORE = "strategy: before";
    private static final String ARGO_CD = "deploymentMethod: argocd";
    private static final String NO_TESTS = "tests: {enabled: false}";
    private static final String MIGRATE = "Job/shop-chartreuse-migrate";
    private static final String RESTORE = "Job/shop-chartreuse-restore";
    private static final String ROLLBACK = "Job/shop-chartreuse-rollback";

    @TempDir
    Path directory;

    private static List<String> with(List<String> names, String... more) {
        return Stream.concat(names.stream(), List.of(more).stream()).sorted().toList();
    }

    @Test
    void afterTheDeploymentIsAHookBehindInstallAndUpgrade() {
        Manifests install = Rendering.install(directory, Values.SHOP, AFTER);
        Golden.assertSame("helm-after.yaml", install.text());
        assertEquals(with(SET, MIGRATE, RESTORE, "Job/shop-chartreuse-doctor"), install.names());
        assertEquals("post-install,post-upgrade", install.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals("post-rollback", install.annotation(RESTORE, "helm.sh/hook"));
        assertEquals(
                install.text(), Rendering.upgrade(directory, Values.SHOP, AFTER).text());
    }

    @Test
    void afterTheDeploymentMayBeAJobOfEachRevisionForWhoWaits() {
        Manifests install = Rendering.install(directory, Values.SHOP, NO_TESTS, "hooks: {enabled: false}");
        assertEquals(
                with(SET, "Job/shop-chartreuse-r1"),
                install.names().stream().distinct().toList());
        assertEquals(
                List.of("  ", "pre-rollback 1 before-hook-creation,hook-succeeded,hook-failed"),
                hooks(install, "Job/shop-chartreuse-r1").stream().sorted().toList());
    }

    @Test
    void beforeTheDeploymentIsAPlainJobOnInstall() {
        Manifests install = Rendering.install(directory, Values.SHOP, BEFORE);
        Golden.assertSame("helm-before-install.yaml", install.text());
        assertEquals(
                with(SET, "Job/shop-chartreuse-install", "Job/shop-chartreuse-doctor"),
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
                Stream.concat(
                                Stream.of("", "-hook", "-rollback")
                                        .flatMap(suffix -> SET.stream().map(name -> name + suffix)),
                                Stream.of(MIGRATE, RESTORE, ROLLBACK, "Job/shop-chartreuse-install"))
                        .sorted()
                        .toList(),
                upgrade.names().stream().distinct().toList());
        assertEquals("pre-upgrade", upgrade.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals("post-upgrade,post-rollback", upgrade.annotation(RESTORE, "helm.sh/hook"));
        assertEquals("pre-rollback", upgrade.annotation(ROLLBACK, "helm.sh/hook"));
        assertEquals("apply", upgrade.arguments(MIGRATE).get(0));
        assertEquals("restore", upgrade.arguments(RESTORE).get(0));
        assertEquals(
                List.of("plan", "--lock-timeout", "10m"),
                upgrade.arguments(ROLLBACK).subList(0, 3));
    }

    @Test
    void whatAPreUpgradeHookNeedsComesOneWeightEarlierAndGoesBehindTheUpgrade() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, "hooks: {weight: 5}");
        for (String name : SET) {
            assertEquals(
                    List.of(
                            "pre-upgrade 4 before-hook-creation",
                            "post-upgrade,post-rollback,post-delete 6 before-hook-creation,hook-succeeded"),
                    hooks(upgrade, name + "-hook"));
            assertEquals(
                    List.of(
                            "pre-rollback 4 before-hook-creation",
                            "post-rollback,post-delete 6 before-hook-creation,hook-succeeded"),
                    hooks(upgrade, name + "-rollback"));
            assertEquals("", upgrade.annotation(name, "helm.sh/hook"));
        }
        assertEquals(List.of("pre-upgrade 5 before-hook-creation"), hooks(upgrade, MIGRATE));
        assertEquals(List.of("post-upgrade,post-rollback 5 before-hook-creation"), hooks(upgrade, RESTORE));
        assertEquals("hook-failed", upgrade.annotation(MIGRATE, "helm.sh/hook-output-log-policy"));
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
        for (String name : SET) {
            assertEquals(
                    List.of(
                            "pre-install,pre-upgrade 0 before-hook-creation",
                            "post-upgrade,post-rollback,post-delete,post-install 2 before-hook-creation,hook-succeeded"),
                    hooks(install, name + "-hook"));
        }
        assertTrue(install.arguments(MIGRATE).contains("--install"));
        assertEquals(
                List.of("post-delete 1 before-hook-creation,hook-succeeded,hook-failed"),
                hooks(install, "Job/shop-chartreuse-install"));
    }

    @Test
    void theWeightOfHooksMayBeAText() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, "hooks: {weight: '7'}");
        assertEquals(List.of("pre-upgrade 7 before-hook-creation"), hooks(upgrade, MIGRATE));
        assertEquals("6", upgrade.annotation("ConfigMap/shop-chartreuse-hook", "helm.sh/hook-weight"));
    }

    @Test
    void argoCdMigratesInAnEarlyWaveAndRestoresBehindTheSync() {
        Manifests sync = Rendering.install(directory, Values.SHOP, ARGO_CD);
        Golden.assertSame("argocd-before.yaml", sync.text());
        assertEquals(with(SET, MIGRATE, RESTORE), sync.names());
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
        assertEquals(with(SET, MIGRATE), sync.names());
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
        assertEquals(List.of("ConfigMap/shop-chartreuse", MIGRATE, "ServiceAccount/shop-chartreuse"), install.names());
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
