package io.chartreuse.cli.logging;

import io.chartreuse.cli.view.Printer;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Hands records to a view's printer. */
final class LogHandler extends Handler {

    private final Printer printer;

    LogHandler(Printer printer, Formatter form) {
        this.printer = Objects.requireNonNull(printer, "printer");
        setFormatter(form);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            printer.raw(getFormatter().format(entry));
        }
    }

    @Override
    public void flush() {
        // the printer keeps nothing back
    }

    @Override
    public void close() {
        // the streams are the process's
    }
}
