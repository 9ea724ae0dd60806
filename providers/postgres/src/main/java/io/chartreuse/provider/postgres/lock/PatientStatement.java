package io.chartreuse.provider.postgres.lock;

import java.util.regex.Pattern;

/**
 * Statements that may wait for a lock as long as they like: while they do, nobody's reads and writes queue up behind
 * them, and giving up is what does harm, because it leaves an invalid index.
 */
final class PatientStatement {

    private static final String BLANK = "(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)+";

    private static final Pattern PATIENT = Pattern.compile(
            ("(?:~)?(?:CREATE~(?:UNIQUE~)?INDEX~CONCURRENTLY|DROP~INDEX~CONCURRENTLY"
                            + "|REINDEX\\b[^;]*?\\bCONCURRENTLY|ALTER~TABLE\\b.*\\bDETACH~PARTITION\\b.*\\bCONCURRENTLY"
                            + "|VACUUM(?!~FULL\\b|[^;]*\\([^)]*\\bFULL\\b))\\b.*")
                    .replace("~", BLANK),
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private PatientStatement() {}

    static boolean is(String sql) {
        return PATIENT.matcher(sql).matches();
    }
}
