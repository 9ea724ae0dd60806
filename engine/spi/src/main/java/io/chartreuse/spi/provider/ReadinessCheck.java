package io.chartreuse.spi.provider;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Step;
import java.util.List;
import java.util.Map;

/** An optional capability of a {@link Provider}: it waits until the resources that were started again are ready. */
@FunctionalInterface
public interface ReadinessCheck {

    /**
     * Waits until these resources are ready, all at the same time, for as long as the provider is configured to.
     * Changes nothing. The engine calls it at most once for each run, under the lock, when all that comes back has been
     * started. The thread is interrupted if the run is asked to end or loses the lock.
     *
     * @param started the steps that brought the resources back; each with where its progress is reported, and with
     *                {@link Progress#stands} how far it is
     * @return an error for each resource that did not get ready in time: it says which, how much of it is ready, and
     *         why
     * @throws ChartreuseException if readiness cannot be found out
     */
    List<Diagnostic> awaitReady(Map<Step, Progress> started) throws InterruptedException;
}
