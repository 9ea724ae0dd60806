package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.sql.Unended;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The properties of a script that is too large to be kept in memory, from reading it once.
 *
 * @param open            a quote or comment that never ends
 * @param plain           see {@link PlainSql}
 * @param placeholders    whether it has any
 * @param missing         placeholders without a value
 * @param changesByItself whether its text differs each time it runs
 * @param longest         its longest statement, or the rows that follow one
 */
record LargeScript(
        Optional<Unended> open,
        boolean plain,
        boolean placeholders,
        List<Placeholders.Use> missing,
        boolean changesByItself,
        StatementScan.Size longest) {

    LargeScript {
        missing = List.copyOf(missing);
    }

    /** Reads that script. */
    static LargeScript of(Script script, Placeholders placeholders) {
        Finding finding = new Finding(placeholders);
        try (Reader reader = script.read()) {
            StatementScan scan = SqlPieces.read(reader, finding);
            return new LargeScript(
                    scan.open(), finding.plain, finding.any, finding.missing, finding.changesByItself, scan.longest());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script.getAbsolutePath(), e);
        }
    }

    private static final class Finding implements LargeSql.Pieces {

        private final Placeholders placeholders;
        private final List<Placeholders.Use> missing = new ArrayList<>();
        private boolean plain = true;
        private boolean any;
        private boolean changesByItself;
        private int linesBefore;

        private Finding(Placeholders placeholders) {
            this.placeholders = placeholders;
        }

        @Override
        public void statements(String sql) {
            plain = plain && PlainSql.is(sql);
            find(sql);
        }

        @Override
        public void rows(String rows) {
            plain = false;
            find(rows);
        }

        private void find(String text) {
            placeholders.missing(text).stream()
                    .map(use -> new Placeholders.Use(use.name(), linesBefore + use.line()))
                    .forEach(missing::add);
            any = any || placeholders.in(text);
            changesByItself = changesByItself || placeholders.changesByItself(text);
            linesBefore += Placeholders.lines(text, 0, text.length());
        }
    }
}
