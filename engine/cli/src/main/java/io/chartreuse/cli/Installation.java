package io.chartreuse.cli;

import io.chartreuse.cli.command.GlobalOptions;
import io.chartreuse.core.refresh.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What is installed, looked for once. */
final class Installation implements Supplier<Registry> {

    private static final Pattern FILE_BACKEND = Pattern.compile("(?m)^ *backend: *(\\{ *type: *)?[\"']?file\\b");
    private static final Set<String> CONFIGURATION = Set.of("-c", "--config");
    private static final int GLANCE = 1 << 16;

    private Registry registry;

    @Override
    public synchronized Registry get() {
        if (registry == null) {
            registry = Registry.installed();
        }
        return registry;
    }

    /**
     * Prepares, on threads of its own, for a command that reads a configuration and then the resources, while the
     * command line is parsed, which takes as long. What fails here fails again, with a message, where it is needed.
     */
    void prepare(List<String> arguments, Map<String, String> environment) {
        start(() -> {
            if (mayNeedCluster(configuration(arguments, environment))) {
                get().warmUp();
            }
            get().schema();
        });
    }

    /** Where the configuration probably is: the command line has not been read. */
    private static String configuration(List<String> arguments, Map<String, String> environment) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith("--config=")) {
                return argument.substring("--config=".length());
            }
            if (CONFIGURATION.contains(argument) && i + 1 < arguments.size()) {
                return arguments.get(i + 1);
            }
        }
        return environment.getOrDefault(GlobalOptions.CONFIGURATION_VARIABLE, GlobalOptions.DEFAULT_CONFIGURATION);
    }

    /** A guess, by the text alone: a wrong one costs a little time and nothing else. */
    private static boolean mayNeedCluster(String configuration) {
        try {
            Path path = Path.of(configuration);
            if (!Files.isRegularFile(path) || Files.size(path) > GLANCE) {
                return true; // a pipe can be read only once
            }
            String text = Files.readString(path);
            return text.contains("kubernetes") || !FILE_BACKEND.matcher(text).find();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static void start(Runnable part) {
        Thread thread = new Thread(part, "preparation");
        thread.setUncaughtExceptionHandler((same, failure) -> {});
        thread.setDaemon(true);
        thread.start();
    }
}
