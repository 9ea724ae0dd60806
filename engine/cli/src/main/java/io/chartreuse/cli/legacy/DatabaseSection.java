package io.chartreuse.cli.legacy;

import java.util.Optional;

/** Writes the settings of one database. */
final class DatabaseSection {

    private final LegacyDatabase database;
    private final String source;
    private final String wait;

    /**
     * @param source where the earlier settings stood
     * @param wait   how long a server that is not there yet is waited for
     */
    DatabaseSection(LegacyDatabase database, String source, String wait) {
        this.database = database;
        this.source = source;
        this.wait = wait;
    }

    /** @param variable from which the password is read */
    void write(CommentedMapping section, String variable) {
        Optional<String> driver = database.place().unusualDriver();
        section.put(
                "url",
                database.place().url(),
                driver.map(DatabaseSection::driver).orElseGet(() -> new String[0]));
        database.user().ifPresent(user -> section.put("user", user));
        password(section, variable);
        section.put("allowEmpty", database.allowEmpty());
        section.put("waitAvailable", wait);
        migrations(section.object("migrations"));
    }

    private static String[] driver(String name) {
        return new String[] {
            "The driver was " + name + ": let sqlalchemy.url in alembic.ini begin with postgresql+" + name + "://."
        };
    }

    private void password(CommentedMapping section, String variable) {
        if (database.password().isPresent()) {
            section.object(
                            "password",
                            "The password stood in " + source
                                    + " and stands nowhere now: give it to this variable, from a Secret",
                            "(env: with valueFrom), or write {file: PATH}.")
                    .put("env", variable);
        }
    }

    private void migrations(CommentedMapping migrations) {
        migrations.put("tool", "alembic");
        if (database.directory().startsWith("/")) {
            migrations.put("directory", database.directory());
        } else {
            migrations.put("directory", database.directory(), "From the folder of this file.");
        }
        migrations.put("config", database.config());
        database.section()
                .ifPresent(name ->
                        migrations.put("section", name, "The database's name was the section of alembic.ini, too."));
        if (!database.arguments().isEmpty()) {
            migrations.put("arguments", database.arguments(), "Of additional_parameters, split as a shell does.");
        }
        if (database.patroni()) {
            migrations.put("patroniPostgresql", true, "-x patroni_postgresql=yes goes to each call, as before.");
        }
    }
}
