package io.chartreuse.cli.command;

import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.session.Session;
import io.chartreuse.core.store.PlanFile;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * A plan that was made before: a file, or an id in the backend. A bare word that reads like an id is one, unless there is
 * a file of that name: that must hold the plan of that id, so that a word never means two plans.
 */
final class PlanReference {

    private static final String PREFIX = "sha256:";

    @Parameters(
            paramLabel = "PLAN",
            description = "A file that `plan --out` wrote, or the id of a stored plan: four of its first digits or"
                    + " more. Where a file is named like an id, it has to hold that plan.")
    private Path file;

    @Option(
            names = "--plan-id",
            paramLabel = "ID",
            description = "A plan of the backend and no file: its id, or the first digits of it.")
    private String id;

    /** Reads and checks it; opens a session only where it needs one. */
    Plan read(Supplier<Session> session) {
        if (file == null) {
            return session.get().audit().plan(id);
        }
        String word = file.toString();
        if (!isId(word)) {
            return PlanFile.read(file);
        }
        return Files.exists(file) ? named(word) : session.get().audit().plan(word);
    }

    /**
     * Refuses a shortened id: a person who may write stored plans can make another plan whose id begins with the same
     * digits.
     *
     * @throws ChartreuseException if it is neither a file nor a whole id
     */
    void requireWhole() {
        String word = file == null ? id : file.toString();
        boolean stored = file == null || isId(word) && !Files.exists(file);
        if (stored && !digits(word).matches("[0-9a-f]{64}")) {
            throw new ChartreuseException(Diagnostic.error(
                    CliError.USAGE,
                    "the first digits of an id do not say which plan is signed: another one may begin with them",
                    "Name the plan's file, or all 64 digits of the id from where you reviewed it (`plan --output json`"
                            + " has them); or sign on a terminal, where the plan is shown first."));
        }
    }

    private Plan named(String word) {
        Plan plan = PlanFile.read(file);
        if (plan.id().startsWith(PREFIX + digits(word))) {
            return plan;
        }
        throw new ChartreuseException(Diagnostic.error(
                CliError.AMBIGUOUS_PLAN,
                word + " may be the id of a stored plan, and it is the name of a file that holds plan "
                        + plan.shortId(),
                "For the stored plan say --plan-id " + word + ", for the file ./" + word + "."));
    }

    private static boolean isId(String word) {
        return word.toLowerCase(Locale.ROOT).startsWith(PREFIX) || digits(word).matches("[0-9a-f]{4,64}");
    }

    private static String digits(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    }
}
