package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.spi.model.LargeSql;
import java.io.IOException;
import java.io.Reader;

/** Reads a script in pieces of whole statements, so that it is never in memory as a whole. */
final class SqlPieces {

    /** The approximate number of characters of a piece. */
    private static final int PIECE = 1024 * 1024;

    private static final int BUFFER = 64 * 1024;

    private final LargeSql.Pieces pieces;
    private final StatementScan scan = new StatementScan();
    private final StringBuilder text = new StringBuilder();
    private long begin;
    private boolean amongRows;

    private SqlPieces(LargeSql.Pieces pieces) {
        this.pieces = pieces;
    }

    /**
     * Passes on all text of the reader in pieces.
     *
     * @return the result of the scan
     */
    static StatementScan read(Reader reader, LargeSql.Pieces pieces) throws IOException {
        SqlPieces cutting = new SqlPieces(pieces);
        char[] buffer = new char[BUFFER];
        for (int length = reader.read(buffer); length >= 0; length = reader.read(buffer)) {
            cutting.add(buffer, length);
        }
        cutting.rest();
        return cutting.scan;
    }

    private void add(char[] buffer, int length) {
        int done = 0;
        while (amongRows && done < length) {
            scan.read(buffer, done, ++done);
            if (!scan.inRows()) {
                text.append(buffer, 0, done);
                rows(scan.end());
                amongRows = false;
            }
        }
        text.append(buffer, amongRows ? 0 : done, amongRows ? length : length - done);
        scan.read(buffer, done, length);
        if (text.length() >= PIECE) {
            cut();
        }
    }

    private void cut() {
        if (!amongRows && scan.end() > begin) {
            statements(scan.end());
        }
        if (scan.inRows() && begin >= scan.end()) {
            amongRows = true;
            rows(scan.rowsEnd());
        }
    }

    private void rest() {
        if (amongRows) {
            rows(scan.position());
        } else if (scan.position() > begin) {
            statements(scan.position());
        }
    }

    private void statements(long end) {
        pieces.statements(take(end));
    }

    private void rows(long end) {
        if (end > begin) {
            pieces.rows(take(end));
        }
    }

    private String take(long end) {
        int length = (int) (end - begin);
        String taken = text.substring(0, length);
        text.delete(0, length);
        begin = end;
        return taken;
    }
}
