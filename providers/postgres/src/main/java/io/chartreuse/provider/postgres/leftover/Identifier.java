package io.chartreuse.provider.postgres.leftover;

import java.util.Optional;

/** Names in the form of SQL statements. */
public final class Identifier {

    private Identifier() {}

    /** {@code "public"."orders"}; without a schema what the search path finds. */
    public static String qualified(Optional<String> schema, String name) {
        return schema.map(text -> quoted(text) + ".").orElse("") + quoted(name);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
