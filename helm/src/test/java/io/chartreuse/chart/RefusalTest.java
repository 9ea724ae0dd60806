package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart refuses values that make no sense, with a message that says what to write. */
class RefusalTest {

    @TempDir
    Path directory;

    private String refusal(String... values) {
        return assertThrows(RuntimeException.class, () -> Rendering.install(directory, values))
                .getMessage();
    }

    private static void assertContains(String part, String message) {
        assertTrue(message.contains(part), () -> "«" + part + "» is not in: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upgradeBeforeDeployment: true     | upgradeBeforeDeployment is now strategy: before (or after)",
                "stopPods: false                   | stopPods is now config.kubernetes, which is there by default; null",
                "restorePods: true                 | restorePods is now restore.enabled",
                "additionalEnvironmentVariables: {} | additionalEnvironmentVariables is now env",
                "extraVolumes: []                  | extraVolumes is now volumes",
                "extraVolumeMounts: []             | extraVolumeMounts is now volumeMounts",
                "upgradeJobWeight: '1'             | upgradeJobWeight is now hooks.weight",
                "image: {pullSecret: registry}     | image.pullSecret is now image.pullSecrets: [{name: …}]",
                "alembic: {enabled: true}          | alembic.enabled is now config.postgres.databases.NAME.migrations.tool",
                "alembic: {directoryPath: /app}    | alembic.directoryPath is now config.postgres.databases.NAME.migrations.d",
                "alembic: {configPath: a.ini}      | alembic.configPath is now config.postgres.databases.NAME.migrations.config",
                "alembic: {allowMigrationFromEmptyDatabase: true} | is now config.postgres.databases.NAME.allowEmpty",
                "alembic: {additionalParameters: x} | is now config.postgres.databases.NAME.migrations.arguments",
                "alembic: {externalSecrets: {}}    | alembic.externalSecrets is now env or envFrom",
                "alembic: {database_list: []}      | alembic.database_list is now config.postgres.databases"
            })
    void aFormerNameIsRefusedWithTheNewOne(String values, String message) {
        assertContains(message, refusal(Values.SHOP, values));
    }

    @Test
    void allFormerNamesAreToldAtOnce() {
        String message = refusal(Values.SHOP, "stopPods: true\nextraVolumes: []");
        assertContains("stopPods is now", message);
        assertContains("extraVolumes is now", message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy: during                  | value must be one of '', 'after', 'before'",
                "deploymentMethod: flux            | value must be one of 'helm', 'argocd'",
                "stategy: after                    | additional properties 'stategy' not allowed",
                "image: {tag: 1.1}                 | got number, want string",
                "image: {digest: 'latest'}         | does not match pattern '^(sha256:",
                "image: {pullPolicy: Sometimes}    | value must be one of 'Always', 'IfNotPresent', 'Never'",
                "plan: {id: yesterdays}            | does not match pattern",
                "databaseWait: soon                | does not match pattern",
                "databaseWait: 180                 | got number, want string",
                "lockTimeout: soon                 | does not match pattern",
                "terminationGracePeriodSeconds: 30 | minimum: got 30, want 70",
                "ttlSecondsAfterFinished: 0        | minimum: got 0, want 300",
                "backoffLimit: -1                  | minimum: got -1, want 0",
                "hooks: {deletePolicy: never}      | does not match pattern",
                "hooks: {outputLogPolicy: always}  | does not match pattern",
                "fullnameOverride: Shop            | does not match pattern",
                "env: {'1A': b}                    | 1A",
                "env: {A: {value: b}}              | missing property 'valueFrom'",
                "config: {postgres: {databases: {main: {password: secret}}}} | got string, want object",
                "config: {postgress: {}}           | additional properties 'postgress' not allowed",
                "config: null                      | missing property 'config'",
                "config: {onFailure: panic}        | value must be one of 'hold', 'restore'"
            })
    void theSchemaRefuses(String values, String message) {
        assertContains(message, refusal(Values.SHOP, values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config: {strategy: before}        | config.strategy is before, but the release's is after: say it with the value",
                "config: {release: other}          | config.release is other, but the release's is shop: leave it out",
                "config: {namespace: other}        | config.namespace is other, but the release's is shop-prod",
                "config: {kubernetes: {namespace: other}} | config.kubernetes.namespace is other, but the Role",
                "serviceAccount: {create: false}   | serviceAccount.name is empty and serviceAccount.create is false",
                "{strategy: before, hooks: {enabled: false}} | hooks.enabled is false, which goes with strategy after and Helm",
                "config: {backend: file}           | config.backend is file, but no volume is mounted",
                "hooks: {preInstall: true}         | hooks.preInstall goes with strategy before and Helm only",
                "image: {repository: 'reg.example.com:5000/shop:4.2'} | image.repository is reg.example.com:5000/shop:4.2: write",
                "image: {repository: 'shop@sha256:abc'} | image.repository is shop@sha256:abc: write registry and name alone",
                "podLabels: {app.kubernetes.io/name: x} | podLabels sets app.kubernetes.io/name, which the chart sets itself",
                "commonLabels: {helm.sh/chart: x}  | commonLabels sets helm.sh/chart, which the chart sets itself",
                "{commonLabels: {team: a}, podLabels: {team: b}} | team is in commonLabels and in podLabels",
                "jobAnnotations: {helm.sh/hook: pre-install} | jobAnnotations sets helm.sh/hook, which the chart sets",
                "serviceAccount: {annotations: {helm.sh/hook-weight: '3'}} | serviceAccount.annotations sets helm.sh/hook-w",
                "env: {CHARTREUSE_CONFIG: /tmp/x}  | env.CHARTREUSE_CONFIG is set by the chart itself",
                "env: {CHARTREUSE_JAVA_OPTS: -Xmx1g} | leave it out, and use javaOptions",
                "extraEnv: [{name: TMPDIR, value: /x}] | extraEnv sets TMPDIR, which is set already",
                "extraEnv: [{name: SHOP_PG_PASSWORD, value: x}] | extraEnv sets SHOP_PG_PASSWORD, which is set already",
                "volumes: [{name: config, emptyDir: {}}] | volumes has the name config, which another volume has",
                "volumeMounts: [{name: a, mountPath: /etc/chartreuse/}] | volumeMounts has the path /etc/chartreuse",
                "extraContainers: [{name: chartreuse, image: a}] | a container is named chartreuse, as another one",
                "resources: {limits: {memory: 128Mi}} | resources.limits.memory is 128Mi, which is less than resources.req",
                "resources: {requests: {cpu: 2}, limits: {cpu: 1500m}} | resources.limits.cpu is 1500m, which is less than",
                "resources: {requests: {memory: 1Gi}, limits: {memory: 1000M}} | resources.limits.memory is 1000M"
            })
    void whatContradictsTheReleaseIsRefused(String values, String message) {
        assertContains(message, refusal(Values.SHOP, values));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 1, memory: 1074M}}",
                "resources: {requests: {memory: 268435456}, limits: {memory: 256Mi}}",
                "image: {repository: 'reg.example.com:5000/shop/migrations'}",
                "hooks: {weight: '-3'}",
                "serviceAccount: {name: null}"
            })
    void whatOnlyLooksOddIsFine(String values) {
        Rendering.install(directory, Values.SHOP, values);
    }

    @Test
    void contradictionsAreNamedTogetherWithFormerNames() {
        String message = refusal(
                Values.SHOP,
                "{stopPods: true, entrypoint: chartreuse-upgrade, env: {TMPDIR: /x}, podLabels: {helm.sh/chart: x}}");
        for (String part : new String[] {"stopPods is now", "entrypoint is now", "env.TMPDIR", "podLabels sets"}) {
            assertContains(part, message);
        }
    }

    @Test
    void aReleaseThatMigratesNothingIsRefused() {
        assertContains("config.postgres.databases names no database", refusal());
    }

    @Test
    void aConfigurationThatSaysWhatTheReleaseSaysIsFine() {
        String same = "config: {version: 1, release: shop, namespace: shop-prod, strategy: after}";
        assertEquals(
                Rendering.install(directory, Values.SHOP).text(),
                Rendering.install(directory, Values.SHOP, same).text());
    }

    @Test
    void lintHasNothingToSay() {
        LintResult lint = new Helm(ChartFolder.CHART).lint().strict().call();
        assertFalse(lint.isFailed(), () -> lint.getMessages().toString());
    }
}
