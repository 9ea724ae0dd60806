package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.settings.FlywayOptions;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.flywaydb.core.internal.util.StringUtils;

/** Classifies the name of a file with Flyway's own parser: a migration, a callback, or neither. */
final class MigrationNames {

    private static final String CONFIGURATION = ".conf";

    /** The prefix of undo migrations. */
    private static final String UNDO = "U";

    /** Without a suffix, or with the letters of {@code .sql} in another order or number. */
    private static final Pattern NO_SUFFIX = Pattern.compile("([^.]+?|.+?(?=\\.))(?:\\.[sqlSQL]{0,5})?");

    /** The extensions of files that Flyway runs as programs. */
    private static final String[] PROGRAMS = {".sh", ".bash", ".py", ".ps1", ".bat", ".cmd"};

    private final FlywayOptions.Naming naming;
    private final String[] suffixes;
    private final ResourceNameParser parser;
    private final Pattern misspelled;
    private final Map<String, ResourceName> names = new ConcurrentHashMap<>();

    MigrationNames(FlywayOptions.Naming naming, Configuration flyway) {
        this.naming = naming;
        this.suffixes = naming.suffixes().toArray(String[]::new);
        this.parser = new ResourceNameParser(flyway);
        this.misspelled = misspelled(naming);
    }

    /** Matches one word of letters in the place of the prefix, perhaps a version, and almost the right separator. */
    private static Pattern misspelled(FlywayOptions.Naming naming) {
        String separator = Pattern.quote(naming.separator());
        return Pattern.compile(
                "(" + Pattern.quote(naming.prefix()) + "|" + Pattern.quote(naming.repeatable())
                        + ")([0-9]+(?:[._][0-9]+)*)?(?:" + separator + "|[-_ ]+)(.+)",
                Pattern.CASE_INSENSITIVE);
    }

    /** Whether the name ends as those of migrations do, in any case. */
    boolean isSql(String file) {
        return StringUtils.startsAndEndsWith(file, "", suffixes);
    }

    /** Whether it is a migration or a callback that Flyway runs. */
    boolean isUsed(String file) {
        return isSql(file) && of(file).isValid();
    }

    /** Whether it is the {@code .conf} file of a migration or callback. */
    boolean isConfiguration(String file) {
        return file.endsWith(CONFIGURATION) && isUsed(file.substring(0, file.length() - CONFIGURATION.length()));
    }

    boolean isMigration(String file) {
        return of(file).isValid() && !isCallback(file);
    }

    boolean isRepeatable(String file) {
        return isMigration(file) && of(file).getVersion() == null;
    }

    boolean isCallback(String file) {
        return event(file).isPresent();
    }

    /**
     * The event of a callback; empty for other files. Flyway's parser takes a {@code .conf} file for a callback, too.
     */
    Optional<Event> event(String file) {
        return isUsed(file) ? Optional.ofNullable(Event.fromId(of(file).getPrefix())) : Optional.empty();
    }

    /** The parsed name of an undo migration, which this edition of Flyway does not run; empty for others. */
    Optional<ResourceName> undo(String file) {
        if (!file.startsWith(UNDO) || !isSql(file) || of(file).isValid()) {
            return Optional.empty();
        }
        ResourceName name = names.computeIfAbsent(
                file + "/undo", key -> parser.parse(naming.prefix() + file.substring(UNDO.length())));
        return Optional.of(name).filter(ResourceName::isValid).filter(taken -> taken.getVersion() != null);
    }

    /** Whether Flyway would run it as a program: a migration or callback that is a shell script, for example. */
    boolean isProgram(String file) {
        return !isSql(file)
                && StringUtils.startsAndEndsWith(file, "", PROGRAMS)
                && parser.parse(file, PROGRAMS).isValid();
    }

    ResourceName of(String file) {
        return names.computeIfAbsent(file, parser::parse);
    }

    /** The part of the name that must be unique: baseline and undo migrations share their versions with the others. */
    String key(String file) {
        ResourceName name = of(file);
        return name.getPrefix() + (name.getVersion() == null ? name.getDescription() : normal(name));
    }

    /** Normalizes a version: 1, 01 and 1.0 are the same. */
    private static String normal(ResourceName name) {
        return Arrays.stream(name.getVersion().getVersion().split("\\."))
                .map(part -> new BigInteger(part).toString())
                .collect(Collectors.joining("."))
                .replaceFirst("(\\.0)+$", "");
    }

    /** The name that an unused file was probably meant to have: {@code V1__a.sql} for {@code v1_a.sql.txt}. */
    Optional<String> meant(String file) {
        if (isUsed(file) || isProgram(file) || undo(file).isPresent() || file.endsWith(CONFIGURATION)) {
            return Optional.empty();
        }
        return whole(file)
                .flatMap(whole -> Stream.concat(callback(whole), migration(whole))
                        .filter(this::isUsed)
                        .findFirst());
    }

    /** Up to the suffix, where more stands behind it; with the suffix, where none stands there or one like it. */
    private Optional<String> whole(String file) {
        String plain = file.toLowerCase(Locale.ROOT);
        for (String suffix : naming.suffixes()) {
            int at = plain.lastIndexOf(suffix.toLowerCase(Locale.ROOT));
            if (at > 0) {
                return Optional.of(file.substring(0, at) + suffix);
            }
        }
        Matcher ending = NO_SUFFIX.matcher(file);
        return ending.matches() ? Optional.of(ending.group(1) + suffixes[0]) : Optional.empty();
    }

    private Stream<String> callback(String file) {
        return Arrays.stream(Event.values())
                .map(event -> event.getId() + suffixes[0])
                .filter(file::equalsIgnoreCase);
    }

    private Stream<String> migration(String file) {
        Matcher matcher = misspelled.matcher(file);
        if (!matcher.matches()) {
            return Stream.of(file);
        }
        boolean versioned = matcher.group(2) != null;
        String prefix = versioned ? naming.prefix() : naming.repeatable();
        return Stream.of(file, prefix + (versioned ? matcher.group(2) : "") + naming.separator() + matcher.group(3));
    }
}
