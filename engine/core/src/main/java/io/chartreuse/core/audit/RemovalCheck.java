package io.chartreuse.core.audit;

import io.chartreuse.core.configuration.RetentionSetting;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.run.Removal;
import io.chartreuse.core.run.RunLink;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Checks whether retention would have removed the runs that a run says it removed. The run's note is part of the
 * record, so it is not trusted: the setting in force says how many runs stay, and the id of the newest removed run says
 * how old that run was. Pure.
 *
 * @param inForce what the configuration says of retention now
 * @param now     no removal is later
 * @param known   the newest run of a removal that the user knows to be right, as after retention was raised
 */
public record RemovalCheck(RetentionSetting inForce, Instant now, Optional<String> known) {

    private static final int STAMP_LENGTH = "20261122t070000z".length();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'");

    public RemovalCheck {
        Objects.requireNonNull(inForce, "inForce");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(known, "known");
    }

    /** What is wrong with the last removal. @param runs in the order of the chain */
    Optional<String> problem(List<RecordedRun> runs) {
        return runs.stream()
                .findFirst()
                .flatMap(RecordedRun::previous)
                .filter(gone -> !isKnown(gone.run()))
                .flatMap(gone -> problem(runs, gone));
    }

    boolean isKnown(String run) {
        return known.filter(run::equals).isPresent();
    }

    /** Whether retention may have taken a run by now. @param newer so many that began later are left */
    boolean isDue(Instant startedAt, int newer) {
        return inForce.runs().filter(kept -> newer >= kept).isPresent()
                || inForce.age()
                        .filter(age -> startedAt.isBefore(now.minus(age)))
                        .isPresent();
    }

    /** What the configuration keeps, for people. */
    String said() {
        return inForce.said();
    }

    private Optional<String> problem(List<RecordedRun> runs, RunLink gone) {
        for (int i = runs.size() - 1; i >= 0; i--) {
            for (Removal removal : runs.get(i).run().evidence().removals()) {
                if (removal.last().equals(gone)) {
                    return isDue(removal, i + 1)
                            ? Optional.empty()
                            : Optional.of("run " + runs.get(i).name() + " says that retention removed run " + gone.run()
                                    + " and all before it, which retention would not have done: it left " + (i + 1)
                                    + " run" + (i == 0 ? "" : "s") + ", and the configuration keeps " + inForce.said()
                                    + "; by " + SafeText.plain(removal.by()));
                }
            }
        }
        return Optional.empty(); // the chain names what is missing
    }

    private boolean isDue(Removal removal, int left) {
        Instant at = removal.at().isBefore(now) ? removal.at() : now;
        boolean byCount = inForce.runs().filter(kept -> left >= kept).isPresent();
        return byCount
                || inForce.age()
                        .flatMap(age -> began(removal.last().run()).map(began -> began.isBefore(at.minus(age))))
                        .orElse(false);
    }

    /**
     * Ids begin with the time. The first run that is left names the id, so it cannot be another one afterwards; who writes all
     * of the record chooses it, which only an export shows.
     */
    static Optional<Instant> began(String id) {
        try {
            return id.length() < STAMP_LENGTH
                    ? Optional.empty()
                    : Optional.of(LocalDateTime.parse(id.substring(0, STAMP_LENGTH), STAMP)
                            .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
