package io.chartreuse.provider.postgres.settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Flyway's rarely needed options, under Flyway's names.
 *
 * @param naming                  how files are named
 * @param encoding                of all files but those whose {@code .conf} file says another
 * @param placeholders            how placeholders are written, and whether they are replaced
 * @param mixed                   whether a file may mix statements that need a transaction with those that must not run
 *                                in one
 * @param createSchemas           whether schemas that do not exist are created
 * @param ignoreMigrationPatterns {@code type:state}, such as {@code *:missing}: what is not called a problem
 * @param acceptEdited            versions whose files were edited after they were applied, with a person's consent
 * @param baselineChosen          whether the user chose the version of a baseline; otherwise it is Flyway's default, 1
 * @param jars                    absolute files with migrations in Java
 */
public record FlywayOptions(
        Naming naming,
        Charset encoding,
        PlaceholderStyle placeholders,
        boolean mixed,
        boolean createSchemas,
        List<String> ignoreMigrationPatterns,
        Set<String> acceptEdited,
        boolean baselineChosen,
        List<Path> jars) {

    /** Flyway's own defaults. */
    public static final FlywayOptions DEFAULT = new FlywayOptions(
            Naming.DEFAULT,
            StandardCharsets.UTF_8,
            PlaceholderStyle.DEFAULT,
            false,
            true,
            List.of(),
            Set.of(),
            false,
            List.of());

    public FlywayOptions {
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(encoding, "encoding");
        Objects.requireNonNull(placeholders, "placeholders");
        ignoreMigrationPatterns = List.copyOf(ignoreMigrationPatterns);
        acceptEdited = Set.copyOf(acceptEdited);
        jars = List.copyOf(jars);
    }

    /**
     * How files are named: {@code V1__create.sql}.
     *
     * @param prefix     of versioned migrations
     * @param repeatable the prefix of those that are repeated
     * @param separator  between version and description
     * @param suffixes   one or more
     * @param validated  whether SQL files with other names are an error, and not only passed over
     */
    public record Naming(String prefix, String repeatable, String separator, List<String> suffixes, boolean validated) {

        /** Flyway's. */
        public static final Naming DEFAULT = new Naming("V", "R", "__", List.of(".sql"), false);

        public Naming {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(repeatable, "repeatable");
            Objects.requireNonNull(separator, "separator");
            suffixes = List.copyOf(suffixes);
        }

        /** An example of a file name, for messages. */
        public String example() {
            String rest = separator + "<description>" + suffixes.get(0);
            return prefix + "<version>" + rest + " or " + repeatable + rest;
        }
    }

    /** How placeholders are written: {@code ${name}}. */
    public record PlaceholderStyle(String prefix, String suffix, boolean replaced) {

        /** Flyway's. */
        public static final PlaceholderStyle DEFAULT = new PlaceholderStyle("${", "}", true);

        public PlaceholderStyle {
            Objects.requireNonNull(prefix, "prefix");
            Objects.requireNonNull(suffix, "suffix");
        }
    }
}
