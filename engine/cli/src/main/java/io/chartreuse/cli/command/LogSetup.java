package io.chartreuse.cli.command;

import io.chartreuse.cli.logging.LogFormat;
import io.chartreuse.cli.view.Printer;
import java.util.function.UnaryOperator;

/** Sets the process's logging up; the same for all of it, so tests that run side by side leave it alone. */
@FunctionalInterface
public interface LogSetup {

    /** Leaves logging as it is. */
    LogSetup NONE = (printer, debug, format, redact) -> {};

    void configure(Printer printer, boolean debug, LogFormat format, UnaryOperator<String> redact);
}
