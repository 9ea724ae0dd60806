package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.text.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.util.StringUtils;

/** All files of the migrations, in the form in which Flyway asks for them. */
final class ScriptSet implements ResourceProvider {

    static final ScriptSet NONE = new ScriptSet(List.of(), List.of());

    private final List<Script> scripts;
    private final List<JavaMigrationScript> javaScripts;
    private final Map<String, Script> byFile = new HashMap<>();
    private final Map<String, Script> byRelativePath = new HashMap<>();

    ScriptSet(List<Script> scripts, List<JavaMigrationScript> javaScripts) {
        this.javaScripts = List.copyOf(javaScripts);
        this.scripts = List.copyOf(scripts);
        for (Script script : scripts) {
            byFile.put(script.getAbsolutePathOnDisk(), script);
            byRelativePath.putIfAbsent(script.getRelativePath().toLowerCase(Locale.ROOT), script);
        }
    }

    /** All files of SQL. */
    List<Script> all() {
        return scripts;
    }

    /** The file at that absolute path. */
    Optional<Script> at(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /** The file of that path in its location, as the history names it. */
    Optional<Script> named(String relativePath) {
        return Optional.ofNullable(byRelativePath.get(relativePath.toLowerCase(Locale.ROOT)));
    }

    /** The migrations in Java. */
    List<JavaMigration> javaMigrations() {
        return javaScripts.stream().map(JavaMigrationScript::migration).toList();
    }

    /**
     * The digest of a migration.
     *
     * @param script   as the history names it: a path relative to its location, or a class
     * @param physical where it is; several locations may have a file of that path
     */
    Optional<String> digest(String script, String physical) {
        return at(physical)
                .map(Script::digest)
                .or(() -> javaScripts.stream()
                        .filter(java -> java.name().equals(script))
                        .map(JavaMigrationScript::digest)
                        .findFirst());
    }

    /** Whether there is a migration of that name and digest. */
    boolean has(String script, String digest) {
        return Stream.concat(
                        scripts.stream()
                                .filter(file -> file.getRelativePath().equals(script))
                                .map(Script::digest),
                        javaScripts.stream()
                                .filter(java -> java.name().equals(script))
                                .map(JavaMigrationScript::digest))
                .anyMatch(digest::equals);
    }

    /** Changes when a file is added, removed or edited. */
    String digest() {
        Stream<String> files = scripts.stream().map(script -> script.getRelativePath() + " " + script.digest());
        Stream<String> classes = javaScripts.stream().map(java -> java.name() + " " + java.digest());
        return Sha256.of(Stream.concat(files, classes).sorted().collect(Collectors.joining("\n")));
    }

    @Override
    public LoadableResource getResource(String name) {
        return byRelativePath.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> StringUtils.startsAndEndsWith(script.getFilename(), prefix, suffixes))
                .map(LoadableResource.class::cast)
                .toList();
    }
}
