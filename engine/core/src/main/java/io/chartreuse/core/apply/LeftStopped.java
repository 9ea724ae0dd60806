package io.chartreuse.core.apply;

import io.chartreuse.spi.Address;
import io.chartreuse.spi.ChartreuseException;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Resource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What stands still when a run is not resumed, and the command that brings it back. */
final class LeftStopped {

    private LeftStopped() {}

    /** The same refusal, with what stays stopped. */
    static ChartreuseException added(ChartreuseException refused, List<Resource> resources) {
        List<Address> stopped = Destination.stopped(resources);
        return stopped.isEmpty()
                ? refused
                : new ChartreuseException(
                        Stream.concat(refused.diagnostics().stream(), Stream.of(warning(stopped)))
                                .toList(),
                        refused);
    }

    private static Diagnostic warning(List<Address> stopped) {
        return Diagnostic.warning(
                ApplyError.LEFT_STOPPED,
                "the run is not resumed, and this stays stopped: "
                        + stopped.stream().map(Object::toString).collect(Collectors.joining(", ")),
                "`chartreuse restore` brings it back as things stand; so does a new plan that succeeds.");
    }
}
