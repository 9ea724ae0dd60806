package io.chartreuse.provider.postgres.alembic;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether the Alembic that is installed is new enough; asked once. */
final class VersionCheck {

    private static final Pattern VERSION = Pattern.compile("^\\S+ (\\d{1,4})\\.(\\d{1,4})\\S*$");

    private final Alembic alembic;
    private final Refusals refusals;
    private volatile boolean passed;

    VersionCheck(Alembic alembic, Refusals refusals) {
        this.alembic = alembic;
        this.refusals = refusals;
    }

    /** @throws io.chartreuse.spi.ChartreuseException where it is older than 1.8, or no Alembic at all */
    void check() throws InterruptedException {
        if (passed) {
            return;
        }
        Output output = alembic.version();
        if (!output.succeeded()) {
            throw refusals.unusable(Complaint.of(output));
        }
        output.lines().stream()
                .map(VERSION::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .ifPresent(this::refuseOld);
        passed = true;
    }

    private void refuseOld(Matcher version) {
        int major = Integer.parseInt(version.group(1));
        int minor = Integer.parseInt(version.group(2));
        if (major < 1 || (major == 1 && minor < 8)) {
            throw refusals.tooOld(major + "." + minor);
        }
    }
}
