package io.chartreuse.core.apply;

/** Watches a run. Called from many threads at once; must be quick and must not throw. */
@FunctionalInterface
public interface RunObserver {

    /** Watches nothing. */
    RunObserver NONE = event -> {};

    void on(RunEvent event);
}
