package io.chartreuse.core.session;

import io.chartreuse.core.secret.Redactor;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;

/**
 * Takes secrets out of what a plan tells people: a migration that sets a role's password holds it in its SQL, and a
 * plan is kept and passed around. What the plan is executed by says no secrets anyway. Also bounds the SQL that one plan
 * holds: what comes after {@link #MOST_SQL} is named by its digest. For one plan.
 */
final class PlanRedactor {

    /** So many characters: a plan is kept in the cluster, and is several times in memory while it is written. */
    static final int MOST_SQL = 4 * 1024 * 1024;

    private final Redactor redactor;
    private int room = MOST_SQL;

    PlanRedactor(Redactor redactor) {
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
        Migration bare = migration.withoutSql().withNote(migration.note().map(redactor::redact));
        return migration
                .sql()
                .map(redactor::redact)
                .filter(this::fits)
                .map(bare::withSql)
                .or(() -> migration.readableSql().map(sql -> bare.withLargeSql(sql.with(redactor::redact))))
                .orElseGet(() -> migration.largeSql().map(bare::withLargeSql).orElse(bare));
    }

    private boolean fits(String sql) {
        boolean fits = sql.length() <= room;
        room -= fits ? sql.length() : 0;
        return fits;
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
