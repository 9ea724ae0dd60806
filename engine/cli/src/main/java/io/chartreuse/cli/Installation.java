package io.chartreuse.cli;

import io.chartreuse.core.refresh.Registry;
import java.util.function.Supplier;

/** What is installed, looked for once. */
final class Installation implements Supplier<Registry> {

    private Registry registry;

    @Override
    public synchronized Registry get() {
        if (registry == null) {
            registry = Registry.installed();
        }
        return registry;
    }

    /**
     * Gets ready, on threads of its own, for a command that reads a configuration and then the world: beside the reading of
     * the command line, which takes as long. What fails here fails again, and is told, where it is needed.
     */
    void prepare() {
        start(() -> get().rehearse());
        start(() -> get().schema());
    }

    private static void start(Runnable part) {
        Thread thread = new Thread(part, "preparation");
        thread.setUncaughtExceptionHandler((same, failure) -> {});
        thread.setDaemon(true);
        thread.start();
    }
}
