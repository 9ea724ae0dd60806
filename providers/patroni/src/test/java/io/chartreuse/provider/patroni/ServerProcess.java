package io.chartreuse.provider.patroni;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A server that a test started. Root starts it as user postgres, as PostgreSQL requires. */
record ServerProcess(Process process) {

    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    static boolean isInstalled(String command) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }

    /** Starts it in that directory; its output goes to {@code <name>.log} there. */
    static ServerProcess start(Path directory, String name, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>();
        if (ROOT) {
            // setpriv replaces itself by the server, so that the process to stop is the server.
            whole.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        whole.addAll(command);
        Process process = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        Files.writeString(directory.resolve(name + ".pid"), process.pid() + "\n");
        return new ServerProcess(process);
    }

    /**
     * Ends the processes that were started in that directory, and removes it, when this process closes its standard
     * input: at the end of a test, or because the virtual machine died.
     */
    static Process guard(Path directory) throws IOException {
        String script = """
                trap '' INT TERM HUP
                cat > /dev/null
                for file in "$0"/*.pid "$0"/*/postmaster.pid; do
                  pid=$(head -n 1 "$file" 2> /dev/null) || continue
                  grep -q -- "$0" "/proc/$pid/cmdline" 2> /dev/null && kill -9 "$pid"
                done
                sleep 1
                rm -rf -- "$0"
                """;
        return new ProcessBuilder("sh", "-c", script, directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Kills it at once, with all its child processes. */
    void kill() {
        process.destroyForcibly();
        isGone(process.toHandle());
    }

    static void giveToPostgres(Path directory) throws IOException {
        if (ROOT) {
            Files.setOwner(
                    directory,
                    directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres"));
        }
    }

    /** Stops it in order where possible, and kills it after 10 s. Returns when it is gone. */
    void stop() {
        process.destroy();
        if (!isGone(process.toHandle())) {
            process.destroyForcibly();
            isGone(process.toHandle());
        }
    }

    /** Kills the PostgreSQL of that data directory, where its Patroni has left one. */
    static void killPostgres(Path data) {
        postmaster(data).ifPresent(postmaster -> {
            List<ProcessHandle> all = postmaster.descendants().toList();
            postmaster.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            isGone(postmaster);
        });
    }

    /** Stops the process without ending it: its kernel goes on accepting connections for it. */
    void freeze() throws IOException, InterruptedException {
        freeze(process.toHandle());
    }

    /** The same for the PostgreSQL of that data directory, whole. */
    static void freezePostgres(Path data) throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster(data).orElseThrow();
        freeze(postmaster);
        for (ProcessHandle child : postmaster.descendants().toList()) {
            freeze(child);
        }
    }

    private static void freeze(ProcessHandle process) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    private static Optional<ProcessHandle> postmaster(Path data) {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.findFirst()
                    .map(Long::valueOf)
                    .flatMap(ProcessHandle::of)
                    .filter(process -> isOf(process, data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the process was started for that directory: its id alone may belong to another process by now. */
    private static boolean isOf(ProcessHandle process, Path data) {
        return process.info().commandLine().orElse("").contains(data.toString());
    }

    private static boolean isGone(ProcessHandle process) {
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
        return !process.isAlive();
    }
}
