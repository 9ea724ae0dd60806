package io.chartreuse.cli.init;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is proposed where nothing is said, from the files in a directory. */
public final class Proposal {

    private static final List<String> FLYWAY =
            List.of("migrations", "db/migration", "src/main/resources/db/migration", "sql", "db/migrations");

    private static final List<String> ALEMBIC = List.of(".", "alembic", "migrations", "db");

    private final Path directory;

    public Proposal(Path directory) {
        this.directory = directory;
    }

    /** The answer that is proposed, given the earlier ones; empty where there is nothing to go by. */
    public Optional<String> to(Question question, Map<Question, String> earlier) {
        Map<Question, String> answers = new EnumMap<>(Question.class);
        answers.putAll(earlier);
        String release = answers.getOrDefault(Question.RELEASE, "");
        return switch (question) {
            case RELEASE -> name();
            case TOOL ->
                Optional.of(folder("flyway").isEmpty() && folder("alembic").isPresent() ? "alembic" : "flyway");
            case MIGRATIONS -> folder(answers.get(Question.TOOL)).or(() -> Optional.of("migrations"));
            case DATABASE -> Optional.of("main");
            case URL ->
                release.isEmpty() ? Optional.empty() : Optional.of("jdbc:postgresql://localhost:5432/" + sql(release));
            case USER -> Optional.of(sql(release));
            case PASSWORD -> Optional.of("env:" + sql(release).toUpperCase(Locale.ROOT) + "_PASSWORD");
            case STRATEGY -> Optional.of("after");
            case BACKEND -> Optional.of("kubernetes");
        };
    }

    /** The directory's own name, where a release may be called so. */
    private Optional<String> name() {
        return Optional.ofNullable(directory.getFileName())
                .map(name -> name.toString().toLowerCase(Locale.ROOT))
                .filter(name -> name.matches("[a-z0-9]([-a-z0-9]{0,50}[a-z0-9])?"));
    }

    /** As PostgreSQL names things without quotes. */
    private static String sql(String release) {
        String name = release.replaceAll("[^a-z0-9]", "_");
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "db" + name : name;
    }

    private Optional<String> folder(String tool) {
        boolean alembic = "alembic".equals(tool);
        return (alembic ? ALEMBIC : FLYWAY)
                .stream()
                        .filter(name -> alembic
                                ? Files.isRegularFile(directory.resolve(name).resolve("alembic.ini"))
                                : holdsSql(directory.resolve(name)))
                        .findFirst();
    }

    private static boolean holdsSql(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().matches("[VR].*__.*\\.sql"));
        } catch (IOException e) {
            return false;
        }
    }
}
