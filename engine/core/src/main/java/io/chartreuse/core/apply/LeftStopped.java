package io.chartreuse.core.apply;

import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands still when a run is not resumed, and the command that brings it back. */
public final class LeftStopped {

    private LeftStopped() {}

    /** The same refusal, with what stays stopped. */
    static ChartreuseException added(ChartreuseException refused, List<Resource> resources) {
        List<Address> stopped = TargetCheck.stopped(resources);
        return stopped.isEmpty()
                ? refused
                : with(refused, ": " + stopped.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }

    /** The same where workloads were not read yet. */
    public static ChartreuseException unread(ChartreuseException refused) {
        return with(refused, ", whatever it stopped");
    }

    private static ChartreuseException with(ChartreuseException refused, String what) {
        return new ChartreuseException(
                Stream.concat(refused.diagnostics().stream(), Stream.of(warning(what)))
                        .toList(),
                refused);
    }

    private static Diagnostic warning(String what) {
        return Diagnostic.warning(
                ApplyError.LEFT_STOPPED,
                "the run is not resumed, and this stays stopped" + what,
                "`chartreuse restore` brings it back as things stand; so does a new plan that succeeds.");
    }
}
