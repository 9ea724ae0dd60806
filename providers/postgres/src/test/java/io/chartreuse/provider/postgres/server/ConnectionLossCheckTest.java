package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionLossCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"08000", "08001", "08003", "08006", "57P01", "57P02", "57P03", "25006"})
    void theServerIsGone(String state) {
        assertTrue(ConnectionLossCheck.of(failure(state)).isPresent());
        assertTrue(ConnectionLossCheck.mayPass(failure(state)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08004", "08P01", "28P01", "3D000", "40001", "40P01", "53100", "53200", "55P03", "57014"})
    void theServerIsThereAndSaysNo(String state) {
        assertFalse(ConnectionLossCheck.of(failure(state)).isPresent());
        assertFalse(ConnectionLossCheck.mayPass(failure(state)));
    }

    @Test
    void whereEveryPlaceIsTakenAnotherTryMayHelpButNothingWasLost() {
        assertFalse(ConnectionLossCheck.of(failure("53300")).isPresent());
        assertTrue(ConnectionLossCheck.mayPass(failure("53300")));
    }

    @Test
    void aFailureOfNoServerIsNone() {
        assertFalse(ConnectionLossCheck.mayPass(new IllegalStateException(new SQLException("no state"))));
    }

    @Test
    void theFirstLossInTheChainIsTold() {
        SQLException inner = new SQLException("gone", "57P01");

        assertEquals(
                inner,
                ConnectionLossCheck.of(new IllegalStateException(new SQLException("rolled back", "25P02", inner)))
                        .orElseThrow());
    }

    private static RuntimeException failure(String state) {
        return new IllegalStateException("migration failed", new SQLException("said", state));
    }
}
