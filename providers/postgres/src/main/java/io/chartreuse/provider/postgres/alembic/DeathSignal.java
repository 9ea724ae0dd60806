package io.chartreuse.provider.postgres.alembic;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets the kernel end a process when the thread that started it ends, as it does when we are killed ({@code kill -9}).
 * That takes {@code setpriv} of util-linux, which replaces itself by the command. Where there is none, a process may
 * outlive a kill; in a container it does not, because all of its processes are killed together.
 */
enum DeathSignal {
    INSTANCE;

    private final Optional<String> setpriv = List.of("/usr/bin/setpriv", "/bin/setpriv").stream()
            .filter(program -> new File(program).canExecute())
            .filter(DeathSignal::works)
            .findFirst();

    /** The command that does so, or the same one. */
    List<String> bound(List<String> command) {
        List<String> bound = new ArrayList<>();
        setpriv.ifPresent(program -> {
            bound.add(program);
            bound.addAll(List.of("--pdeathsig", "KILL"));
        });
        bound.addAll(command);
        return bound;
    }

    /** Other implementations know no such option. */
    private static boolean works(String program) {
        try {
            ProcessBuilder builder = new ProcessBuilder(program, "--pdeathsig", "KILL", program, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear(); // ours may hold secrets
            Process trial = builder.start();
            return trial.waitFor(5, TimeUnit.SECONDS) && trial.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
