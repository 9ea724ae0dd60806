package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.Sha256;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** All files that take part, as Flyway asks for them. */
final class ScriptSet implements ResourceProvider {

    static final ScriptSet NONE = new ScriptSet(List.of());

    private final List<Script> scripts;
    private final Map<String, Script> byFile = new HashMap<>();
    private final Map<String, Script> byRelativePath = new HashMap<>();

    ScriptSet(List<Script> scripts) {
        this.scripts = List.copyOf(scripts);
        for (Script script : scripts) {
            byFile.put(script.getAbsolutePathOnDisk(), script);
            byRelativePath.putIfAbsent(script.getRelativePath().toLowerCase(Locale.ROOT), script);
        }
    }

    /** The file at that absolute path. */
    Optional<Script> at(String file) {
        return Optional.ofNullable(byFile.get(file));
    }

    /** The file of that path in its location, as the history names it. */
    Optional<Script> named(String relativePath) {
        return Optional.ofNullable(byRelativePath.get(relativePath.toLowerCase(Locale.ROOT)));
    }

    /** Whether there is a file of that relative path and digest. */
    boolean has(String relativePath, String digest) {
        return scripts.stream()
                .anyMatch(script -> script.getRelativePath().equals(relativePath)
                        && script.digest().equals(digest));
    }

    /** Moves whenever a file is added, removed or edited. */
    String digest() {
        return Sha256.of(scripts.stream()
                .map(script -> script.getRelativePath() + " " + script.digest())
                .sorted()
                .collect(Collectors.joining("\n")));
    }

    @Override
    public LoadableResource getResource(String name) {
        return byRelativePath.get(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script -> script.getFilename().startsWith(prefix))
                .filter(script -> Stream.of(suffixes).anyMatch(script.getFilename()::endsWith))
                .map(LoadableResource.class::cast)
                .toList();
    }
}
