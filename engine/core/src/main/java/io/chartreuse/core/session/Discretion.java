package io.chartreuse.core.session;

import io.chartreuse.core.secret.Redactor;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Migration;

/**
 * Takes secrets out of what a plan tells people: a migration that sets a role's password holds it in its SQL, and a
 * plan is kept and passed around. What the plan is executed by says no secrets anyway.
 */
final class Discretion {

    private final Redactor redactor;

    Discretion(Redactor redactor) {
        this.redactor = redactor;
    }

    /** The same change, its words without the secrets that are known by now. */
    Change about(Change change) {
        return new Change(
                change.address(),
                change.role(),
                change.order(),
                change.actions(),
                redactor.redact(change.reason()),
                change.before(),
                change.during(),
                change.after(),
                change.diff(),
                change.migrations().stream().map(this::about).toList(),
                change.identity(),
                change.fingerprint(),
                change.findings().stream().map(this::about).toList());
    }

    private Migration about(Migration migration) {
        return new Migration(
                migration.kind(),
                migration.version(),
                migration.description(),
                migration.script(),
                migration.digest(),
                migration.transactional(),
                migration.note().map(redactor::redact),
                migration.sql().map(redactor::redact));
    }

    private Diagnostic about(Diagnostic finding) {
        return new Diagnostic(
                finding.severity(),
                finding.code(),
                redactor.redact(finding.summary()),
                redactor.redact(finding.remedy()),
                finding.address(),
                finding.location());
    }
}
