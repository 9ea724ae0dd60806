package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
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

    @TempDir
    Path directory;

    private static List<String> with(List<String> names, String... more) {
        return java.util.stream.Stream.concat(names.stream(), List.of(more).stream())
                .sorted()
                .toList();
    }

    @Test
    void afterTheDeploymentIsAHookBehindInstallAndUpgrade() {
        Manifests install = Rendering.install(directory, Values.SHOP, AFTER);
        Golden.assertSame("helm-after.yaml", install.text());
        assertEquals(with(SET, MIGRATE, "Job/shop-chartreuse-doctor"), install.names());
        assertEquals("post-install,post-upgrade", install.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals(
                install.text(), Rendering.upgrade(directory, Values.SHOP, AFTER).text());
    }

    @Test
    void afterTheDeploymentMayBeAJobOfEachRevisionForWhoWaits() {
        Manifests install = Rendering.install(directory, Values.SHOP, NO_TESTS, "hooks: {enabled: false}");
        assertEquals(with(SET, "Job/shop-chartreuse-r1"), install.names());
        assertEquals("", install.annotation("Job/shop-chartreuse-r1", "helm.sh/hook"));
    }

    @Test
    void beforeTheDeploymentIsAPlainJobOnInstall() {
        Manifests install = Rendering.install(directory, Values.SHOP, BEFORE);
        Golden.assertSame("helm-before-install.yaml", install.text());
        assertEquals(with(SET, "Job/shop-chartreuse-install", "Job/shop-chartreuse-doctor"), install.names());
        assertEquals("", install.annotation("Job/shop-chartreuse-install", "helm.sh/hook"));
        assertEquals(
                List.of("apply", "--yes", "--install"),
                install.arguments("Job/shop-chartreuse-install").subList(0, 3));
    }

    @Test
    void beforeTheDeploymentIsAHookAheadOfAnUpgradeAndARestoreBehindIt() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, NO_TESTS);
        Golden.assertSame("helm-before-upgrade.yaml", upgrade.text());
        assertEquals(
                with(with(SET, SET.stream().map(name -> name + "-hook").toArray(String[]::new)), MIGRATE, RESTORE),
                upgrade.names().stream().distinct().toList());
        assertEquals("pre-upgrade", upgrade.annotation(MIGRATE, "helm.sh/hook"));
        assertEquals("post-upgrade", upgrade.annotation(RESTORE, "helm.sh/hook"));
        assertEquals("apply", upgrade.arguments(MIGRATE).get(0));
        assertEquals("restore", upgrade.arguments(RESTORE).get(0));
    }

    @Test
    void whatAPreUpgradeHookNeedsComesOneWeightEarlierAndGoesBehindTheUpgrade() {
        Manifests upgrade = Rendering.upgrade(directory, Values.SHOP, BEFORE, "hooks: {weight: 5}");
        for (String name : SET) {
            assertEquals(
                    List.of("pre-upgrade 4 before-hook-creation", "post-upgrade 4 before-hook-creation,hook-succeeded"),
                    hooks(upgrade, name + "-hook"));
            assertEquals("", upgrade.annotation(name, "helm.sh/hook"));
        }
        assertEquals(List.of("pre-upgrade 5 before-hook-creation"), hooks(upgrade, MIGRATE));
        assertEquals(List.of("post-upgrade 5 before-hook-creation"), hooks(upgrade, RESTORE));
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
        assertEquals(
                with(SET.stream().map(name -> name + "-hook").toList(), MIGRATE),
                upgrade.names().stream().distinct().toList());
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
