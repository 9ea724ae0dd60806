package io.chartreuse.provider.postgres.lock;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatientStatementTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX CONCURRENTLY i ON t (x)",
                "create unique index concurrently if not exists i on t (x)",
                "-- why\n/* how */ CREATE /* x */ INDEX\n  CONCURRENTLY i ON t (x)",
                "DROP INDEX CONCURRENTLY i",
                "REINDEX TABLE CONCURRENTLY t",
                "REINDEX (VERBOSE) INDEX CONCURRENTLY i",
                "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
                "VACUUM",
                "VACUUM (ANALYZE) t"
            })
    void whatKeepsNobodyWaitingMayWait(String sql) {
        assertTrue(PatientStatement.is(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON t (x)",
                "CREATE INDEX concurrently_i ON t (x)",
                "ALTER TABLE t ADD x int",
                "VACUUM FULL t",
                "VACUUM (ANALYZE, FULL) t",
                "INSERT INTO t VALUES ('CREATE INDEX CONCURRENTLY')",
                "REINDEX TABLE t"
            })
    void everythingElseIsInTheWay(String sql) {
        assertFalse(PatientStatement.is(sql));
    }
}
