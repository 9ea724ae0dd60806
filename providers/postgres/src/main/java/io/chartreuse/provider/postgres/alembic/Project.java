package io.chartreuse.provider.postgres.alembic;

import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.AlembicSettings;
import io.chartreuse.spi.text.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the user's files, and finds their problems before any process is started. */
final class Project {

    private final AlembicSettings settings;
    private final Refusals refusals;

    Project(AlembicSettings settings, Refusals refusals) {
        this.settings = settings;
        this.refusals = refusals;
    }

    AlembicSettings settings() {
        return settings;
    }

    /**
     * The configuration file as it is.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where the file does not exist or lacks the section
     */
    IniFile ini() {
        if (!Files.isDirectory(settings.directory())) {
            throw refusals.noDirectory(settings.directory());
        }
        IniFile ini = read();
        boolean elsewhere = settings.section().isEmpty()
                && Files.exists(settings.directory().resolve("pyproject.toml"));
        if (!ini.hasSection(settings.sectionName()) && !elsewhere) {
            throw refusals.noSection(settings);
        }
        return ini;
    }

    private IniFile read() {
        try {
            ReadFailure.requireFile(settings.config());
            return IniFile.of(Files.readAllBytes(settings.config()));
        } catch (IOException e) {
            throw refusals.noConfig(settings.config(), e);
        }
    }

    /**
     * The command with its program found as a shell would find it.
     *
     * @throws io.chartreuse.spi.model.ChartreuseException where there is no such program
     */
    List<String> command(Map<String, String> environment) {
        List<String> command = new ArrayList<>(settings.command());
        String program = command.get(0);
        Stream<Path> places = program.contains("/")
                ? Stream.of(settings.directory().resolve(program))
                : Arrays.stream(environment
                                .getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin")
                                .split(File.pathSeparator))
                        .map(folder -> settings.directory().resolve(folder).resolve(program));
        command.set(
                0,
                places.filter(path -> Files.isExecutable(path) && !Files.isDirectory(path))
                        .findFirst()
                        .orElseThrow(() -> refusals.notInstalled(program))
                        .toString());
        return command;
    }

    Path file(Revision revision) {
        return settings.directory().resolve(revision.path()).normalize();
    }

    Path file(String script) {
        return settings.directory().resolve(script).normalize();
    }

    /** The file's name in plans: relative to the project where it is inside of it. */
    String script(Revision revision) {
        return script(file(revision));
    }

    /** The same of any file. */
    String script(Path file) {
        Path shown =
                file.startsWith(settings.directory()) ? settings.directory().relativize(file) : file;
        return shown.toString();
    }

    /** The digest of a file's bytes; empty where it cannot be read. */
    static Optional<String> digest(Path file) {
        try {
            ReadFailure.requireFile(file);
            return Optional.of(Sha256.of(Files.readAllBytes(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Like {@link #digest}, but also changes when a file is added beside the scripts. */
    String fingerprint(AlembicState look) {
        SortedSet<String> names = new TreeSet<>();
        look.tree().all().stream()
                .map(revision -> file(revision).getParent())
                .distinct()
                .forEach(folder -> names.addAll(names(folder)));
        return digest(look) + " " + Sha256.of(String.join("\n", names));
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::toString).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Changes with any script, with {@code env.py} and with {@code alembic.ini}; what scripts import is not known. */
    String digest(AlembicState look) {
        Map<Path, String> files = new TreeMap<>();
        Stream<Path> scripts = look.tree().all().stream().map(this::file);
        Stream.of(scripts, Stream.of(file(look.code()), settings.config()))
                .flatMap(paths -> paths)
                .forEach(path -> files.put(path, digest(path).orElse("")));
        StringBuilder all = new StringBuilder();
        files.forEach((path, digest) -> all.append(settings.directory().relativize(path))
                .append(' ')
                .append(digest)
                .append('\n'));
        return Sha256.of(all.toString());
    }
}
