package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.spi.model.LargeSql;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPiecesTest {

    private static final String ROW = "1\tit's; a row\n";

    private final List<String> pieces = new ArrayList<>();

    private StatementScan read(String text) throws IOException {
        return SqlPieces.read(new StringReader(text), new LargeSql.Pieces() {
            @Override
            public void statements(String sql) {
                pieces.add(sql);
            }

            @Override
            public void rows(String rows) {
                pieces.add("rows " + rows);
            }
        });
    }

    private String together() {
        return String.join("", pieces).replace("rows ", "");
    }

    @Test
    void aPieceEndsWhereAStatementDoes() throws IOException {
        String statement = "INSERT INTO t VALUES ('a;b', $x$ c;'d $x$, E'it\\'s;'); /* ; ' */ -- ; '\n";
        String text = statement.repeat(40_000);

        read(text);

        assertEquals(text, together());
        assertTrue(pieces.size() > 2, "in one piece");
        pieces.forEach(piece -> assertEquals(Optional.empty(), StatementScan.open(piece)));
        pieces.subList(0, pieces.size() - 1).forEach(piece -> assertTrue(piece.endsWith("');"), "cut in a statement"));
    }

    @Test
    void rowsOfDataAreHandedOverAsSuch() throws IOException {
        String rows = ROW.repeat(200_000) + "\\.\n";
        String copy = "-- rows\nCOPY t (a, b) FROM stdin WITH (DELIMITER ';');\n";
        String text = "SELECT 1;\n" + copy + rows + copy + ROW + "\\.\n" + "DROP TABLE t;\n";

        read(text);

        assertEquals(text, together());
        assertEquals("SELECT 1;\n" + copy, pieces.get(0));
        assertTrue(pieces.get(1).startsWith("rows 1\t"));
        assertTrue(pieces.get(pieces.size() - 2).endsWith("\n\\.\n"));
        assertEquals(copy + ROW + "\\.\n" + "DROP TABLE t;\n", pieces.get(pieces.size() - 1));
    }

    @Test
    void theLongestStatementIsFoundWithItsLine() throws IOException {
        StatementScan scan = read("SELECT 1;\n\n-- the long one\nSELECT '" + "x".repeat(500) + "';\nSELECT 2");

        assertEquals(4, scan.longest().line());
        assertTrue(scan.longest().characters() > 500);
    }

    @Test
    void rowsCountAsOneStatement() throws IOException {
        StatementScan scan = read("SELECT 1;\nCOPY t FROM STDIN;\n" + ROW.repeat(100) + "\\.\nSELECT 2;\n");

        assertEquals(new StatementScan.Size(ROW.length() * 100L + 3, 3), scan.longest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;\nSELECT 'a''b",
                "SELECT 1;\nSELECT E'a\\'",
                "SELECT 1;\nSELECT \"a",
                "SELECT 1;\nDO $a$ $b$ $",
                "SELECT 1;\n/* /* */ '",
                "SELECT 1;\nSELECT 1 /*/"
            })
    void whatNeverEndsIsFound(String sql) throws IOException {
        assertEquals(StatementScan.open(sql), read(sql).open());
        assertEquals(2, read(sql).open().orElseThrow().line());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a''b', E'a\\'', \"a\"\"b\", $1, a$b$c, $$ ' $$, $a$ $ $b $a$",
                "/* /* */ */ -- '\n SELECT 1-2",
                "COPY t FROM STDIN;\n'\n\\.\n",
                "copy t(a)\nfrom stdin csv;\n\"\n\\."
            })
    void whatEndsIsNotTakenForOpen(String sql) throws IOException {
        assertEquals(Optional.empty(), read(sql).open());
    }
}
