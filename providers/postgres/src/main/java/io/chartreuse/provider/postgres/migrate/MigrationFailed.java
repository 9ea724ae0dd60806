package io.chartreuse.provider.postgres.migrate;

import io.chartreuse.provider.postgres.server.TransactionFate;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;

/** A migration failed, and the server has been asked what became of its transaction. */
public final class MigrationFailed extends ChartreuseException {

    private static final long serialVersionUID = 1;

    private final TransactionFate fate;

    /** @param fate of the migration's transaction; unknown where it had none */
    public MigrationFailed(Diagnostic diagnostic, TransactionFate fate, Throwable cause) {
        super(diagnostic, cause);
        this.fate = fate;
    }

    /** Whether the server says that nothing of it is left. */
    public boolean rolledBack() {
        return fate == TransactionFate.ROLLED_BACK;
    }
}
