package io.chartreuse.cli.logging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** An entry as one JSON object on one line; with stack traces where debugging. */
final class LogEntry extends Formatter {

    private final boolean traces;
    private final UnaryOperator<String> redact;

    LogEntry(boolean traces, UnaryOperator<String> redact) {
        this.traces = traces;
        this.redact = Objects.requireNonNull(redact, "redact");
    }

    @Override
    public String format(LogRecord entry) {
        ObjectNode node = JsonLines.entry(
                entry.getInstant(),
                LogLine.word(entry.getLevel()),
                String.valueOf(entry.getLoggerName()),
                redact.apply(formatMessage(entry)));
        if (entry.getThrown() != null) {
            node.put("error", redact.apply(error(entry.getThrown())));
        }
        return JsonLines.line(node);
    }

    private String error(Throwable thrown) {
        if (!traces) {
            return thrown.toString();
        }
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
