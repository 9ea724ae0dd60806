package io.chartreuse.spi.provider;

/**
 * An optional capability of a {@link ProviderFactory}: it runs the code of its provider that is slow the first time in
 * a Java virtual machine.
 */
@FunctionalInterface
public interface WarmUp {

    /**
     * Runs the warm-up. Called on a thread of its own while the configuration is still being read, which may not have a
     * section for this provider. Has no effect outside of the process; the engine ignores its result and its failures.
     */
    void warmUp();
}
