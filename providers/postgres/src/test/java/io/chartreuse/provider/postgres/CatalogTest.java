package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.catalog.Catalog;
import io.chartreuse.provider.postgres.catalog.CatalogReader;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.provider.postgres.settings.SettingsReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the report says of a schema's objects after a change by hand. */
class CatalogTest {

    private final TestDatabase database = new TestDatabase();
    private SortedMap<String, String> before = new TreeMap<>();

    @BeforeEach
    void aSchemaWithSomethingOfEverythingIsThere() throws IOException {
        try (var file = CatalogTest.class.getResourceAsStream("/catalog/schema.sql")) {
            database.execute(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        }
        before = read();
    }

    @Test
    void eachObjectHasItsNameAndNothingElseIsThere() {
        assertEquals("""
                aggregate public.add_up(integer)
                default privileges of postgres in schema audit for tables
                event trigger watch
                extension pg_trgm
                extension plpgsql
                function public.checked()
                function public.total(integer)
                function public.watched()
                grants on schema audit
                grants on schema public
                grants on table audit."Log"
                grants on table public.customers
                grants on table public.orders
                index public.customers_pkey
                index public.events_1_at_idx
                index public.events_at_idx
                index public.orders_pkey
                index public.orders_total_idx
                materialized view public.counted
                policy visible on public.orders
                procedure public.tidy(text)
                publication everything
                rule keep on public.customers
                schema audit
                schema public
                sequence public.customers_id_seq
                sequence public.orders_id_seq
                sequence public.steps
                statistics public.correlated
                table audit."Log"
                table public.customers
                table public.events
                table public.events_1
                table public.orders
                trigger before_insert on public.orders
                type public.color
                type public.pair
                type public.price
                type public.span
                view public.names
                """, String.join("\n", before.keySet()) + "\n");
        assertTrue(before.get("extension plpgsql").endsWith(" in pg_catalog"), before.get("extension plpgsql"));
        assertTrue(before.get("table public.orders").matches("[0-9a-f]{32}"), before.get("table public.orders"));
    }

    @Test
    void aTableSaysWhatItConsistsOf() {
        database.execute("CREATE TABLE parcels (id bigint PRIMARY KEY, weight numeric(9,3) NOT NULL DEFAULT 1.5,"
                + " \"odd name\" text DEFAULT 'a-hidden-word', CONSTRAINT heavy CHECK (weight > 0))");
        SortedMap<String, String> details = new TreeMap<>(catalog().details().get("table public.parcels"));
        details.replaceAll((name, value) -> value.replaceAll("#[0-9a-f]{8}", "#1a2b3c4d"));
        String owner = details.remove("owner");
        assertFalse(owner.isBlank());
        assertEquals(
                Map.of(
                        "column id", "bigint not null",
                        "column weight", "numeric(9,3) not null default #1a2b3c4d",
                        "column \"odd name\"", "text default #1a2b3c4d",
                        "constraint heavy", "check #1a2b3c4d",
                        "constraint parcels_pkey", "primary key #1a2b3c4d"),
                details);
    }

    @Test
    void whatMayHoldASecretIsADigestOnly() {
        database.execute("CREATE TABLE vault (word text DEFAULT 'a-hidden-word' CHECK (word <> 'a-hidden-word'));"
                + "CREATE FUNCTION told() RETURNS text LANGUAGE sql AS $$ SELECT 'a-hidden-word' $$;"
                + "CREATE VIEW shown AS SELECT 'a-hidden-word' AS word;"
                + "CREATE INDEX some_words ON vault (word) WHERE word = 'a-hidden-word';"
                + "COMMENT ON TABLE vault IS 'a-hidden-word'; COMMENT ON COLUMN vault.word IS 'a-hidden-word';"
                + "CREATE DOMAIN kept AS text DEFAULT 'a-hidden-word';"
                + "CREATE TYPE words AS ENUM ('a-hidden-word')");
        Catalog catalog = catalog();
        assertTrue(catalog.details().containsKey("view public.shown"));
        assertFalse(catalog.toString().contains("hidden"), catalog.toString());
    }

    @Test
    void whatChangesOfAnObjectChangesAmongItsDetails() {
        detailed("table public.orders", "ALTER TABLE orders ADD COLUMN note text", "column note");
        detailed("table public.orders", "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'x'", "column note");
        detailed("table public.orders", "ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'y'", "column note");
        detailed("table public.orders", "ALTER TABLE orders ADD CONSTRAINT few CHECK (total < 9)", "constraint few");
        detailed("table public.orders", "ALTER TABLE orders SET (fillfactor = 80)", "storage options");
        detailed("table public.orders", "ALTER TABLE orders REPLICA IDENTITY FULL", "replica identity");
        detailed("grants on table public.orders", "GRANT DELETE ON orders TO PUBLIC", "to public");
        detailed("function public.total(integer)", "ALTER FUNCTION total(integer) COST 77", "definition");
    }

    private void detailed(String part, String sql, String... names) {
        SortedMap<String, String> was = new TreeMap<>(catalog().details().getOrDefault(part, new TreeMap<>()));
        database.execute(sql);
        SortedMap<String, String> is = new TreeMap<>(catalog().details().getOrDefault(part, new TreeMap<>()));
        SortedMap<String, String> all = new TreeMap<>(was);
        all.putAll(is);
        all.keySet().removeIf(name -> was.containsKey(name) && was.get(name).equals(is.get(name)));
        assertEquals(List.of(names), List.copyOf(all.keySet()), sql);
    }

    @Test
    void tablesAreToldByName() {
        changed("ALTER TABLE orders ADD COLUMN note text", "~ table public.orders");
        changed("ALTER TABLE orders ALTER COLUMN note TYPE varchar(20)", "~ table public.orders");
        changed("ALTER TABLE orders ALTER COLUMN note SET DEFAULT 'none'", "~ table public.orders");
        changed("ALTER TABLE orders ALTER COLUMN note SET NOT NULL", "~ table public.orders");
        changed("ALTER TABLE orders DROP COLUMN note", "~ table public.orders");
        changed("ALTER TABLE orders ADD CONSTRAINT positive CHECK (total > 0)", "~ table public.orders");
        changed("ALTER TABLE orders SET (fillfactor = 90)", "~ table public.orders");
        changed("ALTER TABLE orders DISABLE ROW LEVEL SECURITY", "~ table public.orders");
        changed("ALTER TABLE orders REPLICA IDENTITY FULL", "~ table public.orders");
        changed("COMMENT ON COLUMN orders.total IS 'in cents'", "~ table public.orders");
        changed(
                "ALTER TABLE orders OWNER TO " + database.user,
                "~ grants on table public.orders",
                "~ sequence public.orders_id_seq",
                "~ table public.orders");
        changed("CREATE TABLE \"Odd Name\" (id int)", "+ table public.\"Odd Name\"");
        changed("DROP TABLE \"Odd Name\"", "- table public.\"Odd Name\"");
        changed(
                "CREATE TABLE events_2 PARTITION OF events FOR VALUES FROM ('2021-01-01Z') TO ('2022-01-01Z')",
                "+ index public.events_2_at_idx",
                "+ table public.events_2");
        changed("ALTER TABLE events DETACH PARTITION events_2", "~ table public.events_2");
    }

    @Test
    void whatBelongsToATableIsToldByName() {
        changed("CREATE INDEX late ON orders (customer)", "+ index public.late");
        changed("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'late'::regclass", "~ index public.late");
        changed("DROP INDEX late", "- index public.late");
        changed("ALTER TABLE orders DISABLE TRIGGER before_insert", "~ trigger before_insert on public.orders");
        changed("DROP TRIGGER before_insert ON orders", "- trigger before_insert on public.orders");
        changed("ALTER POLICY visible ON orders USING (total > 1)", "~ policy visible on public.orders");
        changed("DROP POLICY visible ON orders", "- policy visible on public.orders");
        changed("DROP RULE keep ON customers", "- rule keep on public.customers");
        changed(
                "ALTER STATISTICS correlated RENAME TO related",
                "- statistics public.correlated",
                "+ statistics public.related");
        changed("ALTER SEQUENCE steps INCREMENT BY 5", "~ sequence public.steps");
    }

    @Test
    void viewsAndRoutinesAndTypesAreToldByName() {
        changed("CREATE OR REPLACE VIEW names AS SELECT id, upper(name) AS name FROM customers", "~ view public.names");
        changed("DROP MATERIALIZED VIEW counted", "- materialized view public.counted");
        changed(
                "CREATE OR REPLACE FUNCTION total(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1 + 1'",
                "~ function public.total(integer)");
        changed("ALTER FUNCTION total(integer) SECURITY DEFINER", "~ function public.total(integer)");
        changed(
                "CREATE FUNCTION total(text) RETURNS text LANGUAGE sql AS 'SELECT $1'",
                "+ function public.total(text)");
        changed("DROP PROCEDURE tidy(text)", "- procedure public.tidy(text)");
        changed("DROP AGGREGATE add_up(integer)", "- aggregate public.add_up(integer)");
        changed("ALTER TYPE color ADD VALUE 'blue'", "~ type public.color");
        changed("ALTER TYPE pair ADD ATTRIBUTE c int", "~ type public.pair");
        changed("ALTER DOMAIN price ADD CONSTRAINT cheap CHECK (VALUE < 100)", "~ type public.price");
        changed("DROP TYPE span", "- type public.span");
    }

    @Test
    void grantsAndWhatIsTheWholeDatabasesIsToldByName() {
        changed("GRANT DELETE ON customers TO PUBLIC", "~ grants on table public.customers");
        changed("REVOKE ALL ON customers FROM PUBLIC", "- grants on table public.customers");
        changed("REVOKE EXECUTE ON FUNCTION total(integer) FROM PUBLIC", "+ grants on function public.total(integer)");
        changed("GRANT CREATE ON SCHEMA audit TO PUBLIC", "~ grants on schema audit");
        changed(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA audit REVOKE SELECT ON TABLES FROM PUBLIC",
                "- default privileges of postgres in schema audit for tables");
        changed("CREATE SCHEMA extra", "+ schema extra");
        changed("ALTER SCHEMA extra OWNER TO " + database.user, "~ schema extra");
        changed("ALTER PUBLICATION everything DROP TABLE orders", "~ publication everything");
        changed("ALTER EVENT TRIGGER watch DISABLE", "~ event trigger watch");
        changed("ALTER EXTENSION pg_trgm SET SCHEMA extra", "~ extension pg_trgm");
        changed("DROP EXTENSION pg_trgm", "- extension pg_trgm");
    }

    @Test
    void whatChangesNothingTellsNothing() {
        changed("INSERT INTO customers (name) VALUES ('Ada'); INSERT INTO orders (total) VALUES (7)");
        changed("ANALYZE");
        changed("VACUUM");
        changed("VACUUM FULL customers");
        changed("CLUSTER customers USING customers_pkey");
        changed("REINDEX TABLE customers");
        changed("REFRESH MATERIALIZED VIEW counted");
        changed("SELECT nextval('steps')");
        changed("ALTER TABLE orders RENAME TO other; ALTER TABLE other RENAME TO orders");
        changed("ALTER TABLE orders ADD COLUMN gone int; ALTER TABLE orders DROP COLUMN gone");
        changed("GRANT INSERT ON customers TO PUBLIC; REVOKE INSERT ON customers FROM PUBLIC");
        changed("GRANT SELECT ON names TO PUBLIC; REVOKE SELECT ON names FROM PUBLIC");
        changed("CREATE TEMPORARY TABLE passing (id int)");
        changed("INSERT INTO flyway_schema_history VALUES (1); ALTER TABLE flyway_schema_history ADD COLUMN note text");
        changed("CREATE TABLE flyway_schema_history_progress (id int)");
        changed("ALTER DATABASE " + database.name + " SET search_path = audit, public");
        changed("ALTER DATABASE " + database.name + " SET DateStyle = 'German'; ALTER DATABASE " + database.name
                + " SET TimeZone = 'Asia/Kolkata'");
        changed("ALTER ROLE " + database.user + " SET quote_all_identifiers = on");
    }

    @Test
    void schemasThatAreNamedAreAllThatIsLookedAt() {
        database.migrations().putArray("schemas").add("audit");

        assertEquals(
                List.of(
                        "default privileges of postgres in schema audit for tables",
                        "grants on schema audit",
                        "grants on table audit.\"Log\"",
                        "schema audit",
                        "table audit.\"Log\""),
                List.copyOf(read().keySet()));
    }

    @Test
    void whoMayDoNothingSeesTheSame() {
        database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC; REVOKE ALL ON DATABASE " + database.name
                + " FROM PUBLIC; ALTER DATABASE " + database.name + " OWNER TO postgres; GRANT CONNECT ON DATABASE "
                + database.name + " TO " + database.user);
        SortedMap<String, String> asNobody = read();
        database.execute("ALTER ROLE " + database.user + " SUPERUSER");

        assertEquals(read(), asNobody);
        assertTrue(asNobody.containsKey("function public.total(integer)"));
        assertFalse(
                asNobody.keySet().stream().anyMatch(name -> name.contains("similarity")), "an extension's function");
    }

    private void changed(String sql, String... told) {
        for (String statement : sql.split("; ")) {
            database.execute(statement);
        }
        SortedMap<String, String> after = read();
        assertEquals(List.of(told), differences(before, after), sql);
        before = after;
    }

    private static List<String> differences(Map<String, String> before, SortedMap<String, String> after) {
        List<String> found = new ArrayList<>();
        SortedMap<String, String> all = new TreeMap<>(before);
        all.putAll(after);
        for (String name : all.keySet()) {
            if (!before.containsKey(name)) {
                found.add("+ " + name);
            } else if (!after.containsKey(name)) {
                found.add("- " + name);
            } else if (!before.get(name).equals(after.get(name))) {
                found.add("~ " + name);
            }
        }
        return found.stream()
                .sorted((one, other) -> one.substring(2).compareTo(other.substring(2)))
                .toList();
    }

    private SortedMap<String, String> read() {
        return catalog().parts();
    }

    private Catalog catalog() {
        ObjectNode section = JsonNodeFactory.instance.objectNode();
        section.putObject("databases").set("main", database.settings);
        Connector connector = new Connector(
                new SettingsReader(database.directory, new TestSecrets())
                        .read(section)
                        .get(0),
                new TestSecrets());
        return new CatalogReader(connector).read("chartreuse shop");
    }
}
