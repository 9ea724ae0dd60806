package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Complete runs of {@code helm install} and {@code helm upgrade}: real server, real database, real distribution, and
 * the rights of the chart's Role.
 */
@EnabledIfEnvironmentVariable(
        named = TestCluster.VARIABLE,
        matches = ".+",
        disabledReason =
                "hooks are run where " + TestCluster.VARIABLE + " names a cluster whose Jobs run on this machine")
class HookRunIT {

    private static final String BEFORE = "chartreuse: {strategy: before}";
    private static final String BROKEN = "ALTER TABLE no_such_table ADD COLUMN state text";

    @TempDir
    static Path home;

    private static Distribution distribution;

    @TempDir
    Path directory;

    @BeforeAll
    static void unpack() {
        distribution = Distribution.unpack(home);
        JobKubelet.assumeSees(distribution.launcher());
    }

    private DeployedShop shop() {
        return new DeployedShop(directory, distribution);
    }

    private static int failed(Job job) {
        return job.getStatus().getFailed();
    }

    @Test
    void afterMigratesBehindInstallAndUpgradeAndStopsWorkloadsMeanwhile() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install();
            assertEquals("1", shop.database().revision());
            long records = shop.artifacts();
            assertTrue(records > 0);
            long stops = shop.stops();

            shop.migrations(DeployedShop.V1, DeployedShop.V2);
            shop.upgrade();

            assertEquals("2", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
            assertEquals(stops + 1, shop.stops());
            assertTrue(shop.artifacts() > records, "plans and runs outlive the hook");

            shop.cluster().uninstall();
            assertTrue(shop.artifacts() > records, "and the release");
        }
    }

    @Test
    void anUpgradeWithoutMigrationsStopsNothing() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install(BEFORE);
            shop.ended("install");
            assertEquals("1", shop.database().revision());
            long stops = shop.stops();
            shop.upgrade(BEFORE);
            assertEquals(stops, shop.stops());
        }
    }

    @Test
    void beforeMigratesAheadOfAnUpgradeAndRestoresBehindIt() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install(BEFORE);
            shop.ended("install");
            long stops = shop.stops();

            shop.migrations(DeployedShop.V1, DeployedShop.V2);
            shop.upgrade(BEFORE);

            assertEquals("2", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
            assertEquals(stops + 1, shop.stops());
            assertEquals(1, shop.job("restore").getStatus().getSucceeded());
            assertTrue(shop.cluster().names().contains("Role/shop-chartreuse"));
        }
    }

    @Test
    void thePlanThatWasReviewedIsAppliedAndNoOther() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install();

            shop.migrations(DeployedShop.V1, DeployedShop.V2);
            String reviewed = "chartreuse: {plan: {id: '" + shop.plan() + "'}}";
            shop.upgrade(reviewed);
            assertEquals("2", shop.database().revision());

            shop.migrations(DeployedShop.V1, DeployedShop.V2, "CREATE TABLE unreviewed (id int)");
            String unknown = "chartreuse: {plan: {id: 'sha256:" + "6f0c".repeat(16) + "'}}";
            assertThrows(RuntimeException.class, () -> shop.upgrade(unknown));
            assertTrue(shop.message("migrate").contains("6f0c6f0c"), shop.message("migrate"));

            String stale = "chartreuse: {plan: {id: '" + shop.plan() + "'}}";
            shop.migrations(DeployedShop.V1, DeployedShop.V2, "CREATE TABLE edited_since (id int)");
            assertThrows(RuntimeException.class, () -> shop.upgrade(stale));
            assertTrue(shop.message("migrate").startsWith("3 "), shop.message("migrate"));
            assertEquals("2", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
        }
    }

    @Test
    void aMigrationThatFailsFailsTheReleaseAndTheWorkloadComesBack() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install();

            shop.migrations(DeployedShop.V1, BROKEN);
            assertThrows(RuntimeException.class, shop::upgrade);

            assertEquals("1", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
            assertEquals(1, failed(shop.job("migrate")));
            assertTrue(shop.message("migrate").contains("no_such_table"), shop.message("migrate"));
        }
    }

    @Test
    void aDatabaseThatHasMovedHoldsTheWorkloadUntilTheNextUpgradeThatSucceeds() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install(BEFORE);
            shop.ended("install");

            shop.migrations(DeployedShop.V1, DeployedShop.V2, BROKEN);
            assertThrows(RuntimeException.class, () -> shop.upgrade(BEFORE));
            assertEquals("2", shop.database().revision());
            assertEquals(0, shop.replicas());
            assertTrue(shop.held());
            assertTrue(shop.message("migrate").contains("chartreuse restore"), shop.message("migrate"));

            shop.migrations(DeployedShop.V1, DeployedShop.V2, "CREATE TABLE mended (id int)");
            shop.upgrade(BEFORE);
            assertEquals("3", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
        }
    }

    @Test
    void aRollbackBringsTheWorkloadBackAlsoWhereTheDatabaseIsAhead() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install(BEFORE);
            shop.ended("install");

            shop.migrations(DeployedShop.V1, DeployedShop.V2, BROKEN);
            assertThrows(RuntimeException.class, () -> shop.upgradeOrRollBack(BEFORE));

            assertEquals("2", shop.database().revision());
            assertEquals(2, shop.replicas());
            assertFalse(shop.held());
            assertEquals(1, shop.job("rollback").getStatus().getSucceeded());
            assertEquals(1, shop.job("restore").getStatus().getSucceeded());
        }
    }

    @Test
    void aRightThatIsMissingIsToldAsARuleBeforeAnythingIsTouched() {
        try (DeployedShop shop = shop()) {
            shop.migrations(DeployedShop.V1);
            shop.install();
            long stops = shop.stops();
            Role complete = shop.client()
                    .rbac()
                    .roles()
                    .inNamespace(shop.cluster().namespace())
                    .withName("shop-chartreuse")
                    .get();
            grant(shop, without("deployments", "patch", complete.getRules()));

            shop.migrations(DeployedShop.V1, DeployedShop.V2);
            String own = "chartreuse: {rbac: {create: false}}";
            assertThrows(RuntimeException.class, () -> shop.upgrade(own));
            String message = shop.message("migrate");
            assertTrue(message.contains("resources: [deployments]\n  resourceNames: [web]\n  verbs: [patch]"), message);
            assertEquals("1", shop.database().revision());
            assertEquals(stops, shop.stops());

            grant(shop, complete.getRules());
            shop.upgrade(own);
            assertEquals("2", shop.database().revision());
        }
    }

    private static List<PolicyRule> without(String resource, String verb, List<PolicyRule> rules) {
        return rules.stream()
                .map(rule -> rule.getResources().contains(resource)
                        ? rule.edit().removeFromVerbs(verb).build()
                        : rule)
                .toList();
    }

    /** Grants the chart's account a Role of the user's own. */
    private static void grant(DeployedShop shop, List<PolicyRule> rules) {
        String namespace = shop.cluster().namespace();
        shop.client()
                .resource(new RoleBuilder()
                        .withNewMetadata()
                        .withName("own")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withRules(rules)
                        .build())
                .serverSideApply();
        shop.client()
                .resource(new RoleBindingBuilder()
                        .withNewMetadata()
                        .withName("own")
                        .withNamespace(namespace)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", "own")
                        .addNewSubject("", "ServiceAccount", "shop-chartreuse", namespace)
                        .build())
                .serverSideApply();
    }
}
