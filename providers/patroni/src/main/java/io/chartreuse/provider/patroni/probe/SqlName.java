package io.chartreuse.provider.patroni.probe;

import java.util.regex.Pattern;

/** Identifiers as a person would write them in SQL: quoted only where they must be. */
final class SqlName {

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private SqlName() {}

    static String of(String identifier) {
        return PLAIN.matcher(identifier).matches() ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
