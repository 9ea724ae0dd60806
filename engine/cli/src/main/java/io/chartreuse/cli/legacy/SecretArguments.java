package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Secret;
import java.util.List;
import java.util.regex.Pattern;

/** Finds passwords where the new configuration would show them: in the arguments of Alembic. */
public final class SecretArguments {

    private static final Pattern CREDENTIALS = Pattern.compile("://[^/@\\s]*:[^@\\s]*@");

    private SecretArguments() {}

    /** What is wrong, one problem a database. */
    public static List<Diagnostic> find(LegacyRelease release) {
        List<String> passwords = release.databases().stream()
                .flatMap(database -> database.password().stream())
                .map(Secret::reveal)
                .toList();
        return release.databases().stream()
                .filter(database ->
                        database.arguments().stream().anyMatch(argument -> holdsSecret(argument, passwords)))
                .map(database -> Diagnostic.error(
                        LegacyError.SECRET_IN_ARGUMENTS,
                        "a password stands in the arguments of Alembic for database " + database.name(),
                        "Take it out of additional_parameters, and let env.py read it from an environment variable:"
                                + " everybody on the machine can read arguments."))
                .toList();
    }

    /** As a whole, behind an equals sign, or in a URL; a part of another word may be there by chance. */
    private static boolean holdsSecret(String argument, List<String> passwords) {
        return CREDENTIALS.matcher(argument).find()
                || passwords.stream()
                        .anyMatch(password -> argument.equals(password) || argument.endsWith("=" + password));
    }
}
