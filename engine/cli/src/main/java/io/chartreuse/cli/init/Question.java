package io.chartreuse.cli.init;

import java.util.Locale;

/** What a first configuration has to say, in the order in which it is asked. */
public enum Question {
    RELEASE("The Helm release's name"),
    TOOL("What runs the migrations: flyway or alembic"),
    MIGRATIONS("Where the migrations are: Flyway's folder of SQL files, or Alembic's project"),
    DATABASE("What the database is called in plans and messages"),
    URL("The database's JDBC URL, without user and password"),
    USER("The login role"),
    PASSWORD("Where its password is: env:VARIABLE, file:PATH, or none (then ~/.pgpass is used)"),
    STRATEGY("When databases migrate: after the deployment, or before it"),
    BACKEND("Where plans and runs are kept: kubernetes or file");

    private final String text;

    Question(String text) {
        this.text = text;
    }

    /** For people. */
    public String text() {
        return text;
    }

    /** The option that answers it: {@code --release}. */
    public String option() {
        return this == PASSWORD ? "--password-env" : "--" + name().toLowerCase(Locale.ROOT);
    }
}
