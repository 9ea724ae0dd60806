package io.chartreuse.core.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicSqlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'drop ' || 'table a'; END $$",
                "DO $$ BEGIN EXECUTE/**/statement; END $$",
                "DO $$ BEGIN EXECUTE format('DROP TABLE %I', 'a'); END $$",
                "DO $$ BEGIN EXECUTE (SELECT s FROM statements); END $$",
                "DO $$ BEGIN EXECUTE 'drop '\n'table a'; END $$",
                "DO $$ BEGIN EXECUTE 'drop '::text || tail; END $$",
                "DO $$ BEGIN EXECUTE E'dr\\x6fp table a'; END $$",
                "DO $$ BEGIN EXECUTE U&'dr\\006fp table a'; END $$",
                "DO $$ BEGIN RETURN QUERY EXECUTE query USING 1; END $$",
                "DO $$ BEGIN FOR r IN EXECUTE query LOOP END LOOP; END $$",
                "DO $$ BEGIN EXECUTE procedure; END $$",
                "DO E'begin dr\\x6fp table a; end'",
                "DO 'begin drop '\n'table a; end'",
                "DO 'begin execute ''drop '' || ''table a''; end'",
                "DO $$ BEGIN EXECUTE 'DO $x$ BEGIN EXECUTE q; END $x$'; END $$",
                "DO $$ BEGIN IF true THEN DO 'begin execute q; end'; END IF; END $$",
                "DO $$ BEGIN CREATE FUNCTION f() RETURNS int LANGUAGE plperl AS 'x'; END $$",
                "CREATE FUNCTION f(begin int) RETURNS void AS 'begin execute q; end' LANGUAGE plpgsql",
                "DO LANGUAGE plperl $$ spi_exec_query('drop ' . 'table a') $$",
                "CREATE FUNCTION f() RETURNS void AS $$ plpy.execute(q) $$ LANGUAGE plpython3u",
                "CREATE FUNCTION f(t text) RETURNS void AS $f$ BEGIN EXECUTE 'drop table ' || t; END $f$ LANGUAGE plpgsql",
                "SELECT dblink_exec('dbname=shop', 'drop table a')",
                "SET standard_conforming_strings = off",
                "ALTER ROLE app SET \"standard_conforming_strings\" TO off",
                "SELECT set_config('standard_conforming_strings', 'off', false)",
                "SELECT pg_catalog.set_config('standard_' || 'conforming_strings', 'off', false)",
                "DO $$ BEGIN PERFORM set_config(name, 'off', true); END $$",
                "UPDATE pg_settings SET setting = 'off' WHERE name LIKE 'standard%strings'",
                "DO $$ DECLARE function text := q(); BEGIN EXECUTE function COLLATE \"C\"; END $$",
                "CREATE FUNCTION f() RETURNS int AS $$ x $$ LANGUAGE plperl SET a TO $$ b $$",
                "COPY t FROM PROGRAM 'psql -c \"drop table a\"'",
                "SELECT query_to_xml('select f()', true, true, '')",
                "CREATE AGGREGATE sweep(text) (SFUNC = dblink_exec, STYPE = text)",
                "CREATE AGGREGATE sweep(text) (sfunc = ext.\"dblink_exec\", stype = text)",
                "CREATE OPERATOR +++ (FUNCTION = U&\"dblink\\005fexec\", LEFTARG = text, RIGHTARG = text)",
                "ALTER FUNCTION dblink_exec RENAME TO tidy",
                "CREATE CAST (a AS b) WITH FUNCTION query_to_xmlschema(text, boolean, boolean, text)",
                "CREATE AGGREGATE g(text, boolean) (SFUNC = set_config, STYPE = text)",
                "SELECT * FROM ts_stat('select f()')",
                "INSERT INTO cron.job (command) VALUES ('drop table a')",
                "CREATE FOREIGN TABLE log (line text) SERVER files OPTIONS (program 'psql -c \"drop table a\"')",
                "ALTER FOREIGN TABLE log OPTIONS (DROP filename, ADD \"program\" 'psql')",
                "DO $$ BEGIN COPY t FROM PROGRAM 'psql'; END $$",
                "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COPY t TO PROGRAM 'psql'; END $$"
            })
    void itIsToldAsSuch(String sql) {
        assertTrue(SqlStatements.read(sql).dynamic());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'drop table a'; END $$",
                "SELECT set_config('search_path', 'shop', false); SET SESSION standard_conforming_strings TO on",
                "DO $$ BEGIN EXECUTE $q$ drop table a $q$ USING 1; END $$",
                "DO $$ BEGIN EXECUTE 'select 1' INTO n; FOR r IN EXECUTE 'select 2' LOOP NULL; END LOOP; END $$",
                "DO $$ BEGIN RAISE NOTICE E'cannot execute it\\n'; END $$ LANGUAGE plpgsql",
                "DO $$ BEGIN GRANT EXECUTE ON FUNCTION f() TO app; END $$",
                "DO $$ BEGIN CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f(); END $$",
                "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE PROCEDURE f()",
                "PREPARE p AS SELECT 1; EXECUTE p",
                "INSERT INTO notes VALUES ('they execute ' || 'anything', E'a\\nb', $$execute x$$)",
                "CREATE FUNCTION f() RETURNS text AS $$ SELECT language FROM books $$ LANGUAGE sql",
                "CREATE FUNCTION f() RETURNS int LANGUAGE 'plpgsql' AS 'begin return executed; end'",
                "SET standard_conforming_strings = on; COMMENT ON TABLE a IS 'execute'",
                "CREATE SCHEMA IF NOT EXISTS dblink; CREATE EXTENSION IF NOT EXISTS dblink SCHEMA dblink",
                "CREATE EXTENSION dblink; DROP EXTENSION IF EXISTS dblink; CREATE TABLE dblink_exec_log (program text)",
                "CREATE FOREIGN TABLE log (line text) SERVER files OPTIONS (filename '/srv/program.csv')"
            })
    void whatCanBeReadIsNot(String sql) {
        assertFalse(SqlStatements.read(sql).dynamic());
    }
}
