package io.chartreuse.cli.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.pipeline.Launcher.Result;
import io.chartreuse.testkit.Prerequisite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The earlier tool's two commands as processes, with the Alembic project of the example. */
class EarlierCommandsIT {

    private static final String SECRET = "mArk3d/S@cr:t%";
    private static final Path PROJECT = Path.of("../../examples/moving-over/app");

    @TempDir
    private Path directory;

    private Shop shop;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void open() throws Exception {
        Prerequisite.installed("alembic", Files.isExecutable(Path.of("/usr/bin/alembic")));
        shop = new Shop(directory, SECRET);
        // The owner's role was env.py's affair then; here the login role does without.
        shop.sql("ALTER DATABASE shop OWNER TO shop_migrator");
        environment.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
        environment.put("CHARTREUSE_RELEASE_NAME", "shop");
        environment.put(
                "CHARTREUSE_MULTI_CONFIG_PATH", directory.resolve("old.yaml").toString());
        environment.put("HELM_CHART_APP_VERSION", "1.0.9");
        write("");
    }

    /** The earlier YAML, with more settings of its database. */
    private void write(String more) throws Exception {
        Files.writeString(directory.resolve("old.yaml"), """
                databases:
                  main: {dialect: postgresql, user: shop_migrator, password: "%s", host: 127.0.0.1, port: %d,
                    database: shop, alembic_directory_path: %s%s}
                """.formatted(
                        SECRET, shop.port(), PROJECT.toAbsolutePath().normalize(), more));
    }

    @AfterEach
    void close() throws Exception {
        if (shop != null) {
            shop.close();
        }
    }

    private Result ends(int code, String command, String... words) throws Exception {
        Result result = new Launcher(directory, environment, command).run(words);
        assertEquals(code, result.exitCode(), result::output);
        assertFalse(result.output().contains("mArk3d"), result::output);
        return result;
    }

    private String revision() throws Exception {
        return shop.shop("SELECT version_num FROM alembic_version");
    }

    @Test
    void anInstallAheadOfTheDeploymentMigratesAndStartsWorkloadsItself() throws Exception {
        environment.put("CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT", "true");
        environment.put("HELM_IS_INSTALL", "1");
        Result result = ends(0, "chartreuse-upgrade", "--debug");
        assertTrue(
                result.output().contains("1 database to migrate (3 migrations), 2 workloads to stop"), result::output);
        assertEquals("3e4f", revision());
        assertEquals(3, shop.replicas("web"));
        assertTrue(ends(0, "chartreuse-upgrade").output().contains("Nothing to do."));
        assertTrue(ends(0, "chartreuse-restore").output().contains("Nothing to do."));
    }

    @Test
    void whereNothingIsStoppedNoApiServerIsAsked() throws Exception {
        environment.put("KUBECONFIG", directory.resolve("none").toString());
        environment.put("CHARTREUSE_ENABLE_STOP_PODS", "false");
        environment.put("CHARTREUSE_JAVA_OPTS", "-Djava.io.tmpdir=" + directory);
        Result result = ends(0, "chartreuse-upgrade");
        assertFalse(result.output().contains("deployment"), result::output);
        assertEquals("3e4f", revision());
    }

    @Test
    void rolesOfAPatroniClusterThatAreNotThereYetAreWaitedForThroughTheDatabaseAlone() throws Exception {
        write(", is_patroni_postgresql: true");
        environment.put("CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT", "120");
        Launcher.Call call = new Launcher(directory, environment, "chartreuse-upgrade").start();
        call.awaitSaid("waiting: role wiremind_owner does not exist");
        assertEquals("0", shop.shop("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        assertEquals(3, shop.replicas("web"));

        shop.sql("CREATE ROLE wiremind_owner NOLOGIN");
        shop.sql("CREATE ROLE wiremind_writer_user LOGIN");
        shop.sql("CREATE ROLE wiremind_reader_user LOGIN");
        shop.sqlInShop("GRANT CREATE, USAGE ON SCHEMA public TO wiremind_owner");
        shop.sqlInShop(
                "ALTER DEFAULT PRIVILEGES FOR ROLE wiremind_owner GRANT INSERT ON TABLES TO" + " wiremind_writer_user");
        shop.sqlInShop(
                "ALTER DEFAULT PRIVILEGES FOR ROLE wiremind_owner GRANT SELECT ON TABLES TO" + " wiremind_reader_user");
        shop.sql("GRANT wiremind_owner, wiremind_writer_user, wiremind_reader_user TO shop_migrator");

        Result result = call.end();
        assertEquals(0, result.exitCode(), result::output);
        assertTrue(result.output().contains("ready: its roles create, write and read"), result::output);
        assertEquals("3e4f", revision());
    }

    @Test
    void anotherVersionsChartTouchesNothing() throws Exception {
        environment.put("HELM_CHART_APP_VERSION", "1.9.0");
        for (String command : new String[] {"chartreuse-upgrade", "chartreuse-restore"}) {
            Result result = ends(64, command);
            assertTrue(result.output().contains("the chart is for Chartreuse 1.9.0"), result::output);
        }
        assertEquals("0", shop.shop("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        ends(64, "chartreuse", "plan");
        ends(0, "chartreuse", "version");
    }
}
