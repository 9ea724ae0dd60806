package io.chartreuse.provider.postgres.settings;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.spi.text.DurationText;
import java.time.Duration;

/**
 * How long a database's migrations wait for locks. Zero means without limit, as the server has it, unless said
 * otherwise.
 *
 * @param lockTimeout      for one lock
 * @param statementTimeout for one statement
 * @param retryBudget      for all attempts of one migration together; zero: it is tried once
 * @param patience         for another run that migrates the same database; zero: the run does not wait
 */
public record LockSettings(Duration lockTimeout, Duration statementTimeout, Duration retryBudget, Duration patience) {

    /** The defaults. */
    public static final LockSettings DEFAULT =
            new LockSettings(Duration.ofSeconds(3), Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(1));

    public LockSettings {
        if (lockTimeout.isNegative() || statementTimeout.isNegative()) {
            throw new IllegalArgumentException("a timeout is not negative: " + lockTimeout + ", " + statementTimeout);
        }
        if (retryBudget.isNegative() || patience.isNegative()) {
            throw new IllegalArgumentException("patience is not negative: " + retryBudget + ", " + patience);
        }
    }

    /** The settings of a database's section. */
    static LockSettings of(JsonNode database) {
        return new LockSettings(
                duration(database, "lockTimeout", DEFAULT.lockTimeout()),
                duration(database, "statementTimeout", DEFAULT.statementTimeout()),
                duration(database, "lockRetryBudget", DEFAULT.retryBudget()),
                duration(database, "lockWait", DEFAULT.patience()));
    }

    private static Duration duration(JsonNode database, String setting, Duration otherwise) {
        return database.path(setting).isTextual()
                ? DurationText.parse(database.path(setting).asText())
                : otherwise;
    }
}
