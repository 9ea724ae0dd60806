package io.chartreuse.provider.postgres.lock;

import io.chartreuse.provider.postgres.settings.LockSettings;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Statements that may wait for a lock without limit: while they wait, they do not block the reads and writes of others.
 * Giving up would do harm, because it leaves an invalid index.
 */
public final class PatientStatement {

    /** Longer than the beginning of any such statement with the comments in front of it. */
    private static final int LOOKED_AT = 10_000;

    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private static final Pattern PATIENT = Pattern.compile(
            "CREATE\\s+(UNIQUE\\s+)?INDEX\\s+CONCURRENTLY\\b"
                    + "|DROP\\s+INDEX\\s+CONCURRENTLY\\b"
                    + "|REINDEX\\b[^;]*?\\sCONCURRENTLY\\b"
                    + "|ALTER\\s+TABLE\\b[^;]*\\sDETACH\\s+PARTITION\\b[^;]*\\sCONCURRENTLY\\b"
                    + "|VACUUM\\b(?!\\s+FULL\\b|[^;]*\\([^)]*\\bFULL\\b)",
            Pattern.CASE_INSENSITIVE);

    private PatientStatement() {}

    /** As long as a migration that can be rolled back is retried. Zero: without limit. */
    public static Duration patience(LockSettings locks) {
        boolean unlimited = locks.lockTimeout().isZero();
        return unlimited || locks.retryBudget().compareTo(locks.lockTimeout()) < 0
                ? locks.lockTimeout()
                : locks.retryBudget();
    }

    public static boolean is(String sql) {
        String beginning = sql.substring(0, Math.min(sql.length(), LOOKED_AT));
        return PATIENT.matcher(COMMENT.matcher(beginning).replaceAll(" ").strip())
                .lookingAt();
    }
}
