package io.chartreuse.cli.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.view.Printer;
import io.chartreuse.cli.view.TextStyle;
import io.chartreuse.core.secret.Redactor;
import io.chartreuse.spi.model.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class LoggingTest {

    private static LogRecord entry(Level level, String text) {
        LogRecord entry = new LogRecord(level, text);
        entry.setInstant(Instant.parse("2026-11-22T07:00:00.123Z"));
        entry.setLoggerName("io.chartreuse.core.lock.HeldLock");
        entry.setThrown(new IllegalStateException("it broke"));
        return entry;
    }

    @Test
    void anEntryIsOneLine() {
        assertEquals(
                "07:00:00.123 warn  io.chartreuse.core.lock.HeldLock: lost\n",
                new LogLine(false, UnaryOperator.identity()).format(entry(Level.WARNING, "lost")));
    }

    @Test
    void aStackTraceFollowsWhereDebugging() {
        String text = new LogLine(true, UnaryOperator.identity()).format(entry(Level.FINE, "lost"));
        assertTrue(text.startsWith("07:00:00.123 debug io.chartreuse"), text);
        assertTrue(text.contains("IllegalStateException: it broke\n\tat "), text);
    }

    @Test
    void optionsOfAConnectionAreLeftOut() {
        StringWriter text = new StringWriter();
        Printer printer = new Printer(new PrintWriter(text), TextStyle.PLAIN, UnaryOperator.identity());
        Logging.configure(printer, true, LogFormat.human, UnaryOperator.identity());
        try {
            Logger.getLogger("org.postgresql.Driver").fine("Connecting with URL: jdbc:postgresql://db/shop?x=hunter2");
            Logger.getLogger("org.postgresql.core.v3.ConnectionFactoryImpl").finest("StartupPacket(x=hunter2)");
            Logger.getLogger("org.postgresql.ds.common.BaseDataSource").fine("Created a DataSource at x=hunter2");
            Logger.getLogger("org.flywaydb.core.Flyway").finest("this is logged");
        } finally {
            LogManager.getLogManager().reset();
        }

        // JUnit, too, logs through these handlers while other tests run
        List<String> entries = text.toString()
                .lines()
                .filter(line -> line.contains("org.postgresql") || line.contains("org.flywaydb"))
                .toList();
        assertEquals(1, entries.size(), text::toString);
        assertTrue(entries.get(0).endsWith("org.flywaydb.core.Flyway: this is logged"), text::toString);
        assertFalse(text.toString().contains("hunter2"), text::toString);
    }

    @Test
    void secretsAreMasked() {
        Redactor redactor = new Redactor();
        redactor.add(new Secret("correct-horse"));
        StringWriter text = new StringWriter();
        LogHandler handler = new LogHandler(
                new Printer(new PrintWriter(text), TextStyle.PLAIN, redactor::redact),
                new LogLine(true, redactor::redact));
        handler.publish(entry(Level.SEVERE, "password correct-horse was refused"));
        assertTrue(text.toString().contains("error io.chartreuse.core.lock.HeldLock: password (secret) was refused"));
    }
}
