package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.testkit.InMemoryWorld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The earlier tool's YAML and variables in, a configuration out. All passwords are marked, and none is ever shown. */
final class ConvertTest {

    private static final String URL = "CHARTREUSE_ALEMBIC_URL";

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = new Desk(directory, new InMemoryWorld());
    }

    private Said convert(String... words) {
        List<String> all = new ArrayList<>(List.of("config", "convert"));
        all.addAll(List.of(words));
        Said said = desk.runBare(all.toArray(String[]::new));
        Said loud = desk.runBare(with(all, "--debug").toArray(String[]::new));
        for (String text : List.of(said.all(), loud.all())) {
            assertFalse(text.contains("Mark3d"), text);
        }
        return said;
    }

    private static List<String> with(List<String> words, String more) {
        List<String> all = new ArrayList<>(words);
        all.add(more);
        return all;
    }

    private String old(String name) throws IOException {
        Path file = directory.resolve(name + ".yaml");
        Files.copy(Path.of("src/test/resources/legacy", name + ".yaml"), file);
        return file.toString();
    }

    private Said of(String yaml) throws IOException {
        Path file = directory.resolve("old.yaml");
        Files.writeString(file, yaml);
        return convert(file.toString(), "--release", "shop");
    }

    private void assertRefused(Said said, String... words) {
        assertEquals(64, said.code(), said.all());
        assertEquals("", said.out());
        for (String word : words) {
            assertTrue(said.err().contains(word), () -> word + " is not in " + said.err());
        }
    }

    @Test
    void theYamlOfTwoDatabasesBecomesAConfigurationWithComments() throws IOException {
        Golden.assertSame("convert-two-databases", convert(old("two-databases")).all());
    }

    @Test
    void patroniIsWrittenWithItsProbeAloneWhereItsEndpointIsNotKnown() throws IOException {
        Golden.assertSame(
                "convert-patroni", convert(old("patroni"), "--release", "shop").all());
    }

    @Test
    void patroniIsWrittenWithItsEndpointsWhereTheyAreSaid() throws IOException {
        desk.environment.put("CHARTREUSE_RELEASE_NAME", "shop");
        desk.environment.put("CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT", "90");
        String[] endpoints = {
            "--patroni-endpoint", "main=http://pg-0:8008", "--patroni-endpoint", "main=http://pg-1:8008"
        };
        Said said = convert(old("patroni"), endpoints[0], endpoints[1], endpoints[2], endpoints[3]);
        Golden.assertSame("convert-patroni-endpoints", said.all());
        desk.environment.put("CHARTREUSE_PATRONI_ENDPOINTS", "http://pg-0:8008, http://pg-1:8008");
        assertEquals(said.out(), convert(directory + "/patroni.yaml").out());
    }

    @Test
    void theVariablesOfOneDatabaseAreReadWhereNoFileIsNamed() {
        desk.environment.put(URL, "postgresql+psycopg2://us%40er:Mark3d%2Fpass@pg/shop?sslmode=require");
        desk.environment.put("CHARTREUSE_RELEASE_NAME", "shop");
        desk.environment.put("CHARTREUSE_ENABLE_STOP_PODS", "false");
        desk.environment.put("CHARTREUSE_UPGRADE_BEFORE_DEPLOYMENT", "1");
        desk.environment.put("CHARTREUSE_ALEMBIC_ALLOW_MIGRATION_FOR_EMPTY_DATABASE", "false");
        desk.environment.put("CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS", "-x a=b");
        Golden.assertSame("convert-variables", convert().all());
    }

    @Test
    void theVariablesOfPatronisTimesAreReadToo() {
        desk.environment.put(URL, "postgresql://owner:Mark3d@pg:5433/shop");
        desk.environment.put("CHARTREUSE_PATRONI_POSTGRESQL", "");
        Said said = convert("--release", "shop");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("patroniPostgresql: true"), said.out());
        assertTrue(said.out().contains("allowEmpty: false"), said.out());
        assertTrue(said.out().contains("\npatroni:"), said.out());
    }

    @Test
    void aVariableMayNameTheYaml() throws IOException {
        desk.environment.put("CHARTREUSE_MULTI_CONFIG_PATH", old("two-databases"));
        desk.environment.put(URL, "not looked at");
        assertEquals(convert(directory + "/two-databases.yaml").out(), convert().out());
    }

    @Test
    void whatIsWrittenIsValidAndTheSameEachTime() throws IOException {
        Path out = directory.resolve("new.yaml");
        assertEquals(0, convertTo(old("two-databases"), out).code());
        String text = Files.readString(out);
        assertFalse(text.contains("Mark3d"), text);
        assertEquals(convert(directory + "/two-databases.yaml").out(), text);
        assertEquals(0, desk.runBare("validate", "--config", out.toString()).code());
        assertRefused(convertTo(directory + "/two-databases.yaml", out), "new.yaml is there already");
        assertEquals(text, Files.readString(out));
    }

    private Said convertTo(String old, Path out) {
        return desk.runBare("config", "convert", old, "--out", out.toString());
    }

    @Test
    void asJsonItIsTheConfigurationAlone() throws IOException {
        Said said = convert(old("two-databases"), "--output", "json");
        assertEquals(
                "postgres-main",
                said.json().at("/postgres/databases/main/url").asText().split("[/:]")[4]);
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsPlace() throws IOException {
        Golden.assertSame(
                "convert-everything-wrong", convert(old("everything-wrong")).all());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | holds nothing",
                "'5'                           | has no `databases:`",
                "'databases: {}'               | has no `databases:` with at least one",
                "'databases: [a]'              | has no `databases:`",
                "'{version: 1, release: shop}' | is a configuration of today already",
                "'databases: {main: {'         | old.yaml:1",
                "'databases: {main: Mark3d'    | the bracket that opens on line 1",
                "'databases: {main: {x: 1}}'   | unknown setting `databases.main.x`"
            })
    void aFileOfAnotherKindIsRefused(String yaml, String message) throws IOException {
        assertRefused(of(yaml), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mysql://user:Mark3d@host/shop             | is not the URL of a PostgreSQL database",
                "Mark3d                                    | is not the URL of a PostgreSQL database",
                "postgresql://user:Mark3d@a@host/shop      | is not the URL of a PostgreSQL database",
                "postgresql://user:Mark3d@host:99999/shop  | is not the URL of a PostgreSQL database",
                "postgresql://user:Mark3d@host             | is not the URL of a PostgreSQL database"
            })
    void aUrlThatCannotBeReadIsRefused(String url, String message) {
        desk.environment.put(URL, url);
        assertRefused(convert("--release", "shop"), URL + " ", message);
    }

    @Test
    void parametersOfLibpqAreKeptWhereTheJdbcDriverHasThemAndNamedWhereNot() {
        desk.environment.put(
                URL,
                "postgresql://user:Mark3d@host/shop?options=-c+search_path%3Dsales&channel_binding=require"
                        + "&keepalives=1&Mark3d=1");
        Said said = convert("--release", "shop");
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("/shop?channelBinding=require&options=-c%20search_path%3Dsales"), said.out());
        assertTrue(said.err().contains("that are left out: keepalives, …"), said.err());
        assertFalse(said.all().contains("Mark3d"), said.all());
    }

    @Test
    void aDatabaseOfAnotherDialectIsLeftOutWithAWarning() throws IOException {
        Said said = of("""
                databases:
                  events: {dialect: clickhouse+native, user: u, host: ch, port: 9000, database: events}
                  main:
                    dialect: postgresql
                    user: u
                    host: pg
                    port: 5432
                    database: shop
                    alembic_directory_path: /app/alembic
                    pool_size: 5
                """);
        assertEquals(0, said.code(), said.all());
        assertTrue(said.err().contains("`databases.events` is not a PostgreSQL database: it is left out"), said.err());
        assertTrue(said.err().contains("old.yaml:2:21"), said.err());
        assertTrue(said.err().contains("unknown setting `databases.main.pool_size`"), said.err());
        assertFalse(said.out().contains("clickhouse"), said.out());
        assertRefused(of("databases: {events: {dialect: mysql, host: h}}"), "names no PostgreSQL database", "left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS            | -x 'a       | cannot be split as a shell does",
                "CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS            | -x p=Mark3d | a password stands in the arguments",
                "CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS            | Mark3d      | a password stands in the arguments",
                "CHARTREUSE_ALEMBIC_ADDITIONAL_PARAMETERS            | -x u=a://b:Mark3d9@c | a password stands in the arg",
                "CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT | soon        | is not a number of seconds",
                "CHARTREUSE_PATRONI_ENDPOINTS                        | pg:8008     | does not (--patroni-endpoint,",
                "CHARTREUSE_PATRONI_ENDPOINTS                        | http://u:Mark3d@pg:8008 | does not (--patroni",
                "CHARTREUSE_RELEASE_NAME                             | Shop        | is not a name of a Helm release"
            })
    void aVariableThatMakesNoSenseIsRefused(String variable, String value, String message) {
        desk.environment.put(URL, "postgresql://user:Mark3d@host/shop");
        desk.environment.put(variable, value);
        assertRefused(convert(), message);
    }

    @Test
    void allThatIsWrongWithTheVariablesIsToldAtOnce() {
        desk.environment.put(URL, "Mark3d");
        desk.environment.put("CHARTREUSE_ALEMBIC_POSTGRES_WAIT_CONFIGURED_TIMEOUT", "1m");
        desk.environment.put("CHARTREUSE_RELEASE_NAME", "S");
        assertRefused(convert(), "3 errors.");
    }

    @Test
    void whereNothingSaysWhichDatabasesThereAreNothingIsWritten() {
        assertRefused(convert(), "neither CHARTREUSE_MULTI_CONFIG_PATH nor CHARTREUSE_ALEMBIC_URL is set");
        assertRefused(convert(directory + "/none.yaml"), "none.yaml does not exist");
        assertRefused(convert("--release", "Not A Name", directory + "/none.yaml"), "none.yaml does not exist");
    }

    @Test
    void aReleasesNameThatCannotBeOneIsToldInTheNewText() throws IOException {
        assertRefused(convert(old("patroni"), "--release", "Not A Name"), "the converted configuration:4", "/release");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        assertRefused(convertTo(old("patroni"), directory.resolve("no/such.yaml")), "such.yaml cannot be written");
    }
}
