package io.chartreuse.cli.legacy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What the databases of a release are called today, and which variables their passwords are read from. The same names for
 * the same databases, each once.
 */
final class ReferenceNames {

    static final String PREFIX = "CHARTREUSE_PASSWORD_";

    private final Map<String, String> databases;
    private final Map<String, String> variables;

    /** @param names the earlier ones */
    ReferenceNames(List<String> names) {
        this.databases = unique(names, ReferenceNames::databaseName);
        this.variables = unique(names, ReferenceNames::variableName);
    }

    String database(String earlier) {
        return databases.get(earlier);
    }

    String variable(String earlier) {
        return variables.get(earlier);
    }

    private static String databaseName(String earlier) {
        String name = earlier.replaceAll("[^A-Za-z0-9_.-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "main" : name;
    }

    private static String variableName(String earlier) {
        return PREFIX + earlier.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static Map<String, String> unique(List<String> names, UnaryOperator<String> form) {
        Map<String, String> unique = new HashMap<>();
        Set<String> taken = new HashSet<>();
        for (String name : names) {
            String plain = form.apply(name);
            String chosen = plain;
            for (int number = 2; !taken.add(chosen); number++) {
                chosen = plain + "_" + number;
            }
            unique.put(name, chosen);
        }
        return unique;
    }
}
