package io.chartreuse.cli.view;

import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says how much of the SQL of migrations a plan holds. */
final class HeldSql {

    private static final long MEGABYTE = 1_000_000;

    private HeldSql() {}

    /** One line about these migrations; empty where the plan holds no SQL at all, not even a digest. */
    static Optional<String> of(List<Migration> migrations) {
        long whole = migrations.stream().filter(HeldSql::isWhole).count();
        List<String> parts = new ArrayList<>();
        if (whole > 0) {
            parts.add((whole == migrations.size() ? "their SQL is" : "the SQL of " + whole + " of them is")
                    + " in the plan: --sql shows it");
        }
        names(migrations.stream()
                        .flatMap(migration ->
                                migration.largeSql().stream().map(sql -> migration.script() + " (" + size(sql) + ")")))
                .ifPresent(names -> parts.add("of " + names + " the plan holds the digest"));
        names(migrations.stream()
                        .filter(migration -> migration.sql().isPresent() && !isWhole(migration))
                        .map(Migration::script))
                .ifPresent(names -> parts.add("of " + names + " the plan holds the beginning"));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
    }

    private static Optional<String> names(Stream<String> scripts) {
        return Optional.of(scripts.collect(Collectors.joining(", "))).filter(names -> !names.isEmpty());
    }

    private static boolean isWhole(Migration migration) {
        return migration.sql().filter(sql -> !Migration.isShortened(sql)).isPresent();
    }

    static String size(LargeSql sql) {
        return sql.bytes() < MEGABYTE
                ? Math.max(1, sql.bytes() / 1000) + " kB"
                : String.format(
                        Locale.ROOT,
                        sql.bytes() < 10 * MEGABYTE ? "%.1f MB" : "%.0f MB",
                        sql.bytes() / (double) MEGABYTE);
    }
}
