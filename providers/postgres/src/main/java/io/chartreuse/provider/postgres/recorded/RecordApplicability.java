package io.chartreuse.provider.postgres.recorded;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.provider.postgres.server.DatabaseLocation;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.spi.model.Diagnostic;
import java.util.Optional;

/** Whether the record belongs to the database that the configuration names now. Pure. */
public final class RecordApplicability {

    private static final String REMEDY =
            "Run `chartreuse state --out FILE` where the database can be reached, and plan with `--state FILE`.";

    private final DatabaseSettings settings;

    public RecordApplicability(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** The error that nothing was recorded. */
    public Diagnostic unknown() {
        return Diagnostic.error(
                        PostgresProblem.NOT_RECORDED,
                        "Database " + settings.name() + " is not in the record: nothing is known of it without a "
                                + "connection.",
                        REMEDY)
                .about(settings.address());
    }

    /** The error that this version cannot read the record. */
    public Diagnostic unreadable() {
        return Diagnostic.error(
                        PostgresProblem.NOT_RECORDED,
                        "Database " + settings.name() + " is in the record, but not in words of this version of "
                                + "chartreuse.",
                        REMEDY + " Use the same version there and here.")
                .about(settings.address());
    }

    /**
     * Why the record cannot be used, or what its user must know: an error where it certainly belongs to another
     * database or history, a warning where it may be the same one under another name. A plan made from it is safe
     * either way: it names its database, and any other refuses it.
     */
    public Optional<Diagnostic> problem(DatabaseFacts notes) {
        if (!notes.tool().equals(DatabaseFacts.tool(settings))) {
            return Optional.of(otherSettings("migrated with " + notes.tool()));
        }
        if (!notes.table().equals(settings.tool().table())) {
            return Optional.of(otherSettings("with its history in table " + notes.table()));
        }
        if (!notes.schemas().equals(settings.tool().schemas())) {
            return Optional.of(otherSettings("with "
                    + (notes.schemas().isEmpty()
                            ? "no schemas set"
                            : "schemas " + String.join(", ", notes.schemas()))));
        }
        return moved(notes.place());
    }

    private Diagnostic otherSettings(String how) {
        return Diagnostic.error(
                        PostgresProblem.RECORDED_ELSEWHERE,
                        "Database " + settings.name() + " was recorded " + how
                                + "; the configuration says otherwise now.",
                        REMEDY)
                .about(settings.address());
    }

    private Optional<Diagnostic> moved(DatabaseLocation recorded) {
        DatabaseLocation now = DatabaseLocation.of(settings);
        String summary = "Database " + settings.name() + " was recorded at " + recorded
                + "; the configuration leads to " + now + ".";
        if (!recorded.database().equals(now.database())) {
            return Optional.of(Diagnostic.error(PostgresProblem.RECORDED_ELSEWHERE, summary, REMEDY)
                    .about(settings.address()));
        }
        return recorded.equals(now)
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                                PostgresProblem.RECORDED_ELSEWHERE,
                                summary,
                                "Where that is another way to the same database, all is well; a plan from the record "
                                        + "is refused by any other. Otherwise: " + REMEDY)
                        .about(settings.address()));
    }
}
