package io.chartreuse.spi.provider;

/**
 * A rare power of a {@link ProviderFactory}: it knows what its provider will do that takes a virtual machine long the first
 * time.
 */
@FunctionalInterface
public interface WarmUp {

    /**
     * Goes through it with nobody. Called on a thread of its own while the configuration is still being read, which may be
     * without a section for this provider. Touches nothing outside of the process; nothing depends on what becomes of it.
     */
    void rehearse();
}
