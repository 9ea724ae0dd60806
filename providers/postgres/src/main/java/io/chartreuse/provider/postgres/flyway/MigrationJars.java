package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The migrations in the user's jars. Loads only classes with a migration's name, because a jar may hold anything else.
 * Loads them from a private copy of the digested bytes: a class is loaded at its first use, perhaps while a migration
 * runs, and the jar may have changed by then.
 */
final class MigrationJars {

    /** Flyway's names for migrations, baselines included. */
    private static final Pattern NAME = Pattern.compile("(?:[^/]+/)*[VRB][^/$]*__[^/$]*\\.class");

    /** Classes of format 61 are Java 17's. */
    private static final int FORMAT_OF_JAVA_ZERO = 44;

    private static final Pattern NEWER_FORMAT = Pattern.compile("class file version (\\d+)");

    /** By digest: one copy for all databases and reads of this process, deleted at its end. */
    private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

    private final DatabaseSettings database;
    private final List<JavaMigrationScript> scripts = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();

    private MigrationJars(DatabaseSettings database) {
        this.database = database;
    }

    /** The classes, and what is wrong with jars and classes. */
    record Found(List<JavaMigrationScript> scripts, List<Diagnostic> problems) {}

    /** One of them. @param copy of its bytes as they were digested */
    private record Jar(Path file, Path copy, String digest) {}

    static Found search(DatabaseSettings database) {
        MigrationJars jars = new MigrationJars(database);
        List<Jar> files = database.migrations().options().jars().stream()
                .filter(jars::isThere)
                .flatMap(file -> jars.copied(file).stream())
                .toList();
        if (!files.isEmpty()) {
            ClassLoader loader = loader(files);
            files.forEach(file -> jars.search(file, loader));
        }
        return new Found(List.copyOf(jars.scripts), List.copyOf(jars.problems));
    }

    private Optional<Jar> copied(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            String digest = Sha256.of(content);
            return Optional.of(new Jar(file, COPIES.computeIfAbsent(digest, key -> copy(content)), digest));
        } catch (IOException e) {
            problems.add(missing(file, ReadFailure.reason(e)));
            return Optional.empty();
        } catch (UncheckedIOException e) {
            problems.add(missing(file, "cannot be copied to a temporary folder: " + ReadFailure.reason(e.getCause())));
            return Optional.empty();
        }
    }

    /** Java makes the folder for its owner only. */
    private static Path copy(byte[] content) {
        try {
            Path folder = Files.createTempDirectory("chartreuse-jar");
            folder.toFile().deleteOnExit();
            Path copy = folder.resolve("migrations.jar");
            copy.toFile().deleteOnExit();
            return Files.write(copy, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isThere(Path jar) {
        if (Files.isRegularFile(jar)) {
            return true;
        }
        String broken = Files.isSymbolicLink(jar) ? ReadFailure.brokenLink(jar) : "does not exist";
        problems.add(missing(jar, Files.exists(jar) ? "is not a file" : broken));
        return false;
    }

    /** One class loader for all jars, because they may use each other. It is collected with the classes. */
    private static ClassLoader loader(List<Jar> jars) {
        URL[] urls = jars.stream().map(jar -> url(jar.copy())).toArray(URL[]::new);
        return new URLClassLoader("migrations", urls, MigrationJars.class.getClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has no URL: " + jar, e);
        }
    }

    private void search(Jar jar, ClassLoader loader) {
        try (JarFile content = new JarFile(jar.copy().toFile())) {
            content.stream()
                    .map(JarEntry::getName)
                    .filter(name -> NAME.matcher(name).matches() && !name.startsWith("META-INF/"))
                    .sorted()
                    .flatMap(name -> load(jar.file(), name, loader).stream())
                    .forEach(migration -> scripts.add(new JavaMigrationScript(migration, jar.file(), jar.digest())));
        } catch (IOException e) {
            problems.add(missing(jar.file(), ReadFailure.reason(e)));
        }
    }

    private Optional<JavaMigration> load(Path jar, String entry, ClassLoader loader) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class<?> type = Class.forName(name, true, loader);
            if (!JavaMigration.class.isAssignableFrom(type)) {
                problems.add(unusable(jar, name, "does not implement " + JavaMigration.class.getName()));
                return Optional.empty();
            }
            if (Modifier.isAbstract(type.getModifiers())) {
                return Optional.empty();
            }
            return Optional.of(type.asSubclass(JavaMigration.class)
                    .getDeclaredConstructor()
                    .newInstance());
        } catch (UnsupportedClassVersionError e) {
            problems.add(unusable(
                    jar,
                    name,
                    "is made for " + java(e) + "; this is Java "
                            + Runtime.version().feature()));
        } catch (NoSuchMethodException e) {
            problems.add(unusable(jar, name, "has no public constructor without parameters"));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            problems.add(unusable(jar, name, "cannot be made: " + cause));
        }
        return Optional.empty();
    }

    private static String java(UnsupportedClassVersionError refused) {
        var matcher = NEWER_FORMAT.matcher(String.valueOf(refused.getMessage()));
        return matcher.find() ? "Java " + (Integer.parseInt(matcher.group(1)) - FORMAT_OF_JAVA_ZERO) : "a newer Java";
    }

    private Diagnostic missing(Path jar, String what) {
        return Diagnostic.error(
                        PostgresProblem.MISSING_LOCATION,
                        "The jar " + jar + " of database " + database.name() + " " + what + ".",
                        "Correct postgres.databases." + database.name()
                                + ".migrations.jars, or see that the image holds that file.")
                .about(database.address())
                .at(Location.of(jar.toString()));
    }

    private Diagnostic unusable(Path jar, String type, String what) {
        return Diagnostic.error(
                        PostgresProblem.UNUSABLE_CLASS,
                        "Class " + type + " in " + jar + " (database " + database.name() + ") " + what + ".",
                        "Fix the class and build the jar again; a class that is not a migration should not be named like "
                                + "one.")
                .about(database.address())
                .at(Location.of(jar.toString()));
    }
}
