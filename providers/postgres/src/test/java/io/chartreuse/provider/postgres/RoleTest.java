package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

    private final TestDatabase database = new TestDatabase();

    @ParameterizedTest
    @ValueSource(strings = {"%s_owner", "%s Own\"er"})
    void everythingBelongsToTheRole(String pattern) {
        String role = pattern.formatted(database.name);
        String quoted = '"' + role.replace("\"", "\"\"") + '"';
        database.execute("CREATE ROLE " + quoted + " NOLOGIN")
                .execute("GRANT " + quoted + " TO " + database.user)
                .execute("ALTER DATABASE " + database.name + " OWNER TO " + quoted);
        database.settings.put("role", role);
        database.tables(2)
                .script("V3__index.sql", "CREATE INDEX CONCURRENTLY i ON t1 (id);")
                .script("R__view.sql", "CREATE VIEW v AS SELECT 1 AS x;")
                .apply();

        assertEquals(
                role,
                database.query("SELECT string_agg(DISTINCT pg_get_userbyid(relowner), ',') FROM pg_class"
                        + " WHERE relnamespace = 'public'::regnamespace"));
        assertEquals(
                "t", database.query("SELECT count(*) >= 6 FROM pg_class WHERE relnamespace = 'public'::regnamespace"));
    }
}
