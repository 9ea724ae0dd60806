package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** Checks every value of the earlier chart, one by one: it works, or it is refused with the new name. */
class EarlierValuesTest {

    private static final Path EXAMPLE = Path.of("../examples/moving-over");

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {repository: registry/shop}       | image: registry/shop:",
                "image: {tag: '1.7'}                      | :1.7",
                "image: {pullPolicy: Always}              | imagePullPolicy: Always",
                "rbac: {create: false}                    | kind: ServiceAccount",
                "serviceAccount: {create: true}           | kind: ServiceAccount",
                "serviceAccount: {name: migrator}         | serviceAccountName: migrator",
                "priorityClassName: high                  | priorityClassName: high",
                "resources: {limits: {cpu: 2}}            | cpu: 2",
                "nodeSelector: {pool: jobs}               | pool: jobs",
                "tolerations: [{key: jobs}]               | key: jobs",
                "affinity: {nodeAffinity: {a: b}}         | a: b",
                "podAnnotations: {linkerd.io/inject: 'no'} | linkerd.io/inject:",
                "deploymentMethod: helm                   | helm.sh/hook: post-install,post-upgrade",
                "deploymentMethod: argocd                 | argocd.argoproj.io/hook: Sync",
                "{deploymentMethod: argocd, argocd: {syncWave: -50}}   | argocd.argoproj.io/sync-wave: \"-51\"",
                "{deploymentMethod: argocd, argocd: {syncWave: '-40'}} | argocd.argoproj.io/sync-wave: \"-41\""
            })
    void itWorksAsItDid(String value, String rendered) {
        String text = Rendering.install(directory, Values.SHOP, value).text();
        assertTrue(text.contains(rendered), () -> rendered + " is not in " + text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image: {pullSecret: registry}                    | image.pullSecret is now image.pullSecrets",
                "upgradeBeforeDeployment: false                   | upgradeBeforeDeployment is now strategy",
                "stopPods: true                                   | stopPods is now config.kubernetes",
                "restorePods: true                                | restorePods is now restore.enabled",
                "additionalEnvironmentVariables: {A: b}           | additionalEnvironmentVariables is now env",
                "extraVolumes: [{name: a}]                        | extraVolumes is now volumes",
                "extraVolumeMounts: [{name: a}]                   | extraVolumeMounts is now volumeMounts",
                "upgradeJobWeight: '1'                            | upgradeJobWeight is now hooks.weight",
                "alembic: {enabled: true}                         | alembic.enabled is now config.postgres.databases",
                "alembic: {directoryPath: /app}                   | alembic.directoryPath is now",
                "alembic: {configPath: alembic.ini}               | alembic.configPath is now",
                "alembic: {allowMigrationFromEmptyDatabase: true} | alembic.allowMigrationFromEmptyDatabase is now",
                "alembic: {additionalParameters: ''}              | alembic.additionalParameters is now",
                "alembic: {externalSecrets: {enabled: true}}      | alembic.externalSecrets is now env or envFrom",
                "alembic: {database_list: [{name: main}]}         | alembic.database_list is now config.postgres.databases",
                "alembic: {enabled: true}                         | `chartreuse config convert` writes config.postgres",
                "alembic: {}                                      | alembic is now config.postgres.databases",
                "alembic: true                                    | config.postgres"
            })
    void itIsRefusedWithTheNewName(String value, String message) {
        String refusal = refusal(Values.SHOP, value);
        assertTrue(refusal.contains(message), () -> message + " is not in " + refusal);
    }

    /**
     * The earlier chart's default values: all of them are refused at once, not only those that the schema reports
     * first.
     */
    @Test
    void allOfTheEarlierDefaultsAreRefusedAtOnce() {
        String refusal = refusal("""
                image: {repository: overrideme, tag: latest, pullPolicy: IfNotPresent, pullSecret: ""}
                upgradeBeforeDeployment: false
                stopPods: true
                restorePods: true
                additionalEnvironmentVariables: {}
                extraVolumes: []
                extraVolumeMounts: []
                upgradeJobWeight: "1"
                alembic:
                  enabled: true
                  externalSecrets: {refreshInterval: 1h, storeRef: {name: vault, kind: ClusterSecretStore}}
                  database_list:
                  allowMigrationFromEmptyDatabase: true
                  additionalParameters: ""
                  directoryPath: /app/alembic
                  configPath: alembic.ini
                entrypoint: chartreuse-upgrade
                restoreEntrypoint: chartreuse-restore
                rbac: {create: true}
                serviceAccount: {create: true, name: }
                priorityClassName: ""
                deploymentMethod: helm
                argocd: {syncWave: -50, externalSecretSyncWave: }
                """);
        for (String name : new String[] {
            "image.pullSecret is now",
            "upgradeBeforeDeployment is now",
            "stopPods is now",
            "restorePods is now",
            "additionalEnvironmentVariables is now",
            "extraVolumes is now",
            "extraVolumeMounts is now",
            "upgradeJobWeight is now",
            "alembic.externalSecrets is now",
            "alembic.database_list is now",
            "entrypoint is now",
            "restoreEntrypoint is now",
            "argocd.externalSecretSyncWave is now",
            "config.postgres.databases names no database"
        }) {
            assertTrue(refusal.contains(name), () -> name + " is not in " + refusal);
        }
    }

    private String refusal(String... values) {
        return assertThrows(RuntimeException.class, () -> Rendering.install(directory, values))
                .getMessage();
    }

    @Test
    void theValuesOfTheExampleAreRefusedAsTheyWereAndTakenAsTheyAre() {
        String refusal = refusal(example("before"));
        for (String name : new String[] {
            "pullSecret", "upgradeBeforeDeployment", "stopPods", "restorePods", "upgradeJobWeight", "alembic.enabled"
        }) {
            assertTrue(refusal.contains(name), () -> name + " is not in " + refusal);
        }
        Rendering.install(directory, example("after"));
    }

    /** Leaves out the namespace, which only the release knows. */
    @Test
    void theExamplesValuesSayWhatItsConfigurationSays() {
        Map<String, Object> rendered = yaml(Rendering.install(directory, example("after"))
                .object("ConfigMap/shop-chartreuse-config")
                .at("/data/chartreuse.yaml")
                .asText());
        rendered.remove("namespace");
        assertEquals(yaml(ChartFolder.read(EXAMPLE.resolve("after/chartreuse.yaml"))), rendered);
    }

    private static String example(String folder) {
        Map<String, Object> umbrella =
                yaml(ChartFolder.read(EXAMPLE.resolve(folder).resolve("values.yaml")));
        return new Yaml().dump(Optional.of(umbrella.get("chartreuse")).orElseThrow());
    }

    private static Map<String, Object> yaml(String text) {
        return new Yaml().load(text);
    }
}
