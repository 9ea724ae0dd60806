package io.chartreuse.core.policy;

import io.chartreuse.spi.model.Location;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;

/**
 * One rule, ready for use.
 *
 * @param denies whether it forbids; else it warns
 * @param on     when it is looked at
 * @param zone   of the time that it sees
 * @param place  where it stands
 * @param digest of the file that it stands in
 */
record Rule(
        String id,
        boolean denies,
        String message,
        String remedy,
        Set<CheckTime> on,
        Subject each,
        ZoneId zone,
        RuleSchema schema,
        Location place,
        String digest) {

    Rule {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
        on = Set.copyOf(on);
        Objects.requireNonNull(each, "each");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(digest, "digest");
    }

    /** Whether it forbids something about migrations, so that their SQL has to be readable. */
    boolean forbidsSql() {
        return denies && (each == Subject.MIGRATION || schema.names("migrations"));
    }
}
