package io.chartreuse.testkit;

import io.chartreuse.spi.backend.Lease;
import io.chartreuse.spi.backend.Lock;
import io.chartreuse.spi.backend.VersionConflict;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;

/** A lock whose backend can be away. */
class InterruptibleLock implements Lock {

    private final Lock lock;
    private volatile boolean answers = true;

    InterruptibleLock(Lock lock) {
        this.lock = lock;
    }

    /** Whether the backend is there from now on. */
    void answers(boolean now) {
        answers = now;
    }

    private Lock reached() {
        if (!answers) {
            throw new ChartreuseException(Diagnostic.error(
                    InMemoryProvider.Failure.STORE, "the backend does not answer", "let it answer in the test"));
        }
        return lock;
    }

    @Override
    public Optional<Lease> read() {
        return reached().read();
    }

    @Override
    public Lease write(Lease lease) throws VersionConflict {
        return reached().write(lease);
    }

    @Override
    public void delete(Lease lease) throws VersionConflict {
        reached().delete(lease);
    }
}
