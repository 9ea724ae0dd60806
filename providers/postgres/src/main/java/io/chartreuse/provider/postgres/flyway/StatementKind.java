package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The kinds of statements outside of a transaction that Chartreuse distinguishes, so that each runs exactly once. Pure.
 */
enum StatementKind {

    /** Runs in a transaction, and is rolled back with it. */
    ATOMIC,

    /** Like {@link #ATOMIC}, and sets something for the session: a new session has to set it again. */
    SETS,

    /** Like {@link #ATOMIC}, and leaves something in the session that another session does not get back. */
    KEEPS,

    /** Commits the transaction that is open. */
    COMMITS,

    /** Begins a transaction, or ends one otherwise. */
    CONTROLS,

    /** Runs code that may commit. */
    CALLS,

    CREATES_INDEX,
    DROPS_INDEX,
    REBUILDS_INDEX,
    DETACHES,

    /** Resets settings of the session, and has the same result when it runs once more. */
    DISCARDS,

    /** Has the same result when it runs once more. */
    REPEATABLE,

    /** Runs outside of transactions; only a person can see whether it has done its work. */
    ONCE;

    private static final Pattern SETTING = Pattern.compile(
            "SET\\b(?! (LOCAL|TRANSACTION|CONSTRAINTS)\\b).*|RESET\\b.*|SELECT (PG_CATALOG\\.)?SET_CONFIG"
                    + " ?\\([^()]*\\)");
    private static final Pattern KEEPING = Pattern.compile(
            "CREATE (OR REPLACE )?((GLOBAL|LOCAL) )?TEMP(ORARY)?\\b.*|.*\\bINTO TEMP(ORARY)?\\b.*|DECLARE\\b.*|LOAD\\b.*"
                    + "|LISTEN\\b.*|PREPARE\\b.*|.*\\bPG_(TRY_)?ADVISORY_LOCK(_SHARED)?\\b.*|.*\\bSET_CONFIG\\b.*");
    private static final Pattern DISCARDING = Pattern.compile("DISCARD\\b.*");
    private static final Pattern COMMITTING = Pattern.compile("(COMMIT|END)\\b(?! PREPARED).*");
    private static final Pattern CALLING = Pattern.compile("CALL\\b.*");
    private static final Pattern CODE = Pattern.compile("DO\\b.*");
    private static final Pattern CREATING = Pattern.compile("CREATE (UNIQUE )?INDEX CONCURRENTLY\\b.*");
    private static final Pattern DROPPING = Pattern.compile("DROP INDEX CONCURRENTLY\\b.*");
    private static final Pattern DETACHING = Pattern.compile("ALTER TABLE .* DETACH PARTITION .* CONCURRENTLY");

    /** Includes those of partitioned tables, which the server refuses in a transaction: only the server knows them. */
    private static final Pattern REBUILDING = Pattern.compile("REINDEX\\b.*");

    private static final Pattern REPEATING = Pattern.compile("(VACUUM|CLUSTER|ALTER SYSTEM)\\b.*"
            + "|ALTER DATABASE .* SET TABLESPACE\\b.*|ALTER SUBSCRIPTION [^ ]+ (REFRESH|SET)\\b.*");

    /** The kind of one statement as it is executed; {@link #ONCE} for several statements or none. */
    static StatementKind of(String sql) {
        List<Found> found = new ArrayList<>();
        try {
            TopLevelStatements.read(new StringReader(sql), found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.size() == 1 ? of(found.get(0)) : ONCE;
    }

    static StatementKind of(Found found) {
        String text = found.text();
        if (TransactionUse.isControl(text)) {
            return COMMITTING.matcher(text).matches() ? COMMITS : CONTROLS;
        }
        if (CALLING.matcher(text).matches()) {
            return CALLS;
        }
        if (CODE.matcher(text).matches()) {
            return code(found);
        }
        if (DISCARDING.matcher(text).matches()) {
            return DISCARDS;
        }
        return TransactionUse.isRefused(text) || mayBeRefused(text) ? outside(text) : inside(text);
    }

    private static boolean mayBeRefused(String text) {
        return REBUILDING.matcher(text).matches() || REPEATING.matcher(text).matches();
    }

    private static StatementKind code(Found found) {
        TransactionUse.Call call = TransactionUse.code(found.code());
        return !found.readable() || call.ends() || !call.names().isEmpty() ? CALLS : ATOMIC;
    }

    private static StatementKind outside(String text) {
        if (CREATING.matcher(text).matches()) {
            return CREATES_INDEX;
        }
        if (DROPPING.matcher(text).matches()) {
            return DROPS_INDEX;
        }
        if (DETACHING.matcher(text).matches()) {
            return DETACHES;
        }
        if (REBUILDING.matcher(text).matches()) {
            return REBUILDS_INDEX;
        }
        return REPEATING.matcher(text).matches() ? REPEATABLE : ONCE;
    }

    private static StatementKind inside(String text) {
        if (SETTING.matcher(text).matches()) {
            return SETS;
        }
        return KEEPING.matcher(text).matches() ? KEEPS : ATOMIC;
    }
}
