package io.chartreuse.cli.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** {@code 07:00:00.123 warn  io.chartreuse.core.lock.HeldLock: text}; with stack traces where debugging. */
final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final boolean traces;
    private final UnaryOperator<String> redact;

    LogLine(boolean traces, UnaryOperator<String> redact) {
        this.traces = traces;
        this.redact = Objects.requireNonNull(redact, "redact");
    }

    @Override
    public String format(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(TIME.format(entry.getInstant())).append(' ');
        text.append(String.format("%-5s ", word(entry.getLevel())));
        text.append(String.valueOf(entry.getLoggerName())).append(": ").append(formatMessage(entry));
        text.append('\n');
        if (traces && entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return redact.apply(text.toString());
    }

    static String word(Level level) {
        if (level.intValue() >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (level.intValue() >= Level.WARNING.intValue()) {
            return "warn";
        }
        return level.intValue() >= Level.INFO.intValue() ? level.getName().toLowerCase(Locale.ROOT) : "debug";
    }
}
