package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.problem.ReadFailure;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import io.chartreuse.spi.Sha256;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * The migrations in the user's jars. Only classes with a migration's name are loaded: a jar may hold anything else. They
 * are loaded before the jar is digested, so that a jar which is exchanged meanwhile has another digest than the plan's.
 */
final class MigrationJars {

    /** As Flyway wants them named; baselines too. */
    private static final Pattern NAME = Pattern.compile("(?:[^/]+/)*[VRB][^/$]*__[^/$]*\\.class");

    /** Classes of format 61 are Java 17's. */
    private static final int FORMAT_OF_JAVA_ZERO = 44;

    private static final Pattern NEWER_FORMAT = Pattern.compile("class file version (\\d+)");

    private final DatabaseSettings database;
    private final List<JavaScript> scripts = new ArrayList<>();
    private final List<Diagnostic> problems = new ArrayList<>();

    private MigrationJars(DatabaseSettings database) {
        this.database = database;
    }

    /** The classes, and what is wrong with jars and classes. */
    record Found(List<JavaScript> scripts, List<Diagnostic> problems) {}

    static Found search(DatabaseSettings database) {
        MigrationJars jars = new MigrationJars(database);
        List<Path> files = database.migrations().options().jars().stream()
                .filter(jars::isThere)
                .toList();
        if (!files.isEmpty()) {
            ClassLoader loader = loader(files);
            files.forEach(file -> jars.search(file, loader));
        }
        return new Found(List.copyOf(jars.scripts), List.copyOf(jars.problems));
    }

    private boolean isThere(Path jar) {
        if (Files.isRegularFile(jar)) {
            return true;
        }
        String broken = Files.isSymbolicLink(jar) ? ReadFailure.brokenLink(jar) : "does not exist";
        problems.add(missing(jar, Files.exists(jar) ? "is not a file" : broken));
        return false;
    }

    /** One for all jars: they may use each other. It is let go with the classes, when nothing uses them any more. */
    private static ClassLoader loader(List<Path> jars) {
        URL[] urls = jars.stream().map(MigrationJars::url).toArray(URL[]::new);
        return new URLClassLoader("migrations", urls, MigrationJars.class.getClassLoader());
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("a file has no URL: " + jar, e);
        }
    }

    private void search(Path jar, ClassLoader loader) {
        try (JarFile content = new JarFile(jar.toFile())) {
            List<JavaMigration> migrations = content.stream()
                    .map(JarEntry::getName)
                    .filter(name -> NAME.matcher(name).matches() && !name.startsWith("META-INF/"))
                    .sorted()
                    .flatMap(name -> load(jar, name, loader).stream())
                    .toList();
            String digest = Sha256.of(Files.readAllBytes(jar));
            migrations.forEach(migration -> scripts.add(new JavaScript(migration, jar, digest)));
        } catch (IOException e) {
            problems.add(missing(jar, ReadFailure.reason(e)));
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
                        "Mend postgres.databases." + database.name()
                                + ".migrations.jars, or see that the image holds that file.")
                .about(database.address())
                .at(Location.of(jar.toString()));
    }

    private Diagnostic unusable(Path jar, String type, String what) {
        return Diagnostic.error(
                        PostgresProblem.UNUSABLE_CLASS,
                        "Class " + type + " in " + jar + " (database " + database.name() + ") " + what + ".",
                        "Mend the class and build the jar anew; a class that is no migration should not be called like "
                                + "one.")
                .about(database.address())
                .at(Location.of(jar.toString()));
    }
}
