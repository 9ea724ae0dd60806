package io.chartreuse.provider.postgres.alembic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlTextTest {

    @Test
    void eachRevisionHasItsStatementsWithoutTheFrame() {
        SqlText text = SqlText.parse("""
                BEGIN;

                CREATE TABLE alembic_version (x);

                -- Running upgrade  -> a

                CREATE TABLE a (x);

                -- Running upgrade a -> b

                COMMIT;

                VACUUM a;

                BEGIN;

                UPDATE alembic_version SET x;

                COMMIT;

                """.lines().toList());

        assertEquals(List.of("CREATE TABLE a (x);"), text.parts().get("a"));
        assertEquals(
                "UPDATE alembic_version SET x;",
                text.parts().get("b").get(text.parts().get("b").size() - 1));
        assertFalse(text.leavesTransaction("a"));
        assertTrue(text.leavesTransaction("b"));
    }

    @Test
    void withoutAFrameNothingIsInATransaction() {
        assertTrue(
                SqlText.parse(List.of("-- Running upgrade  -> a", "SELECT 1;")).leavesTransaction("a"));
    }
}
