package io.chartreuse.provider.postgres.flyway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.chartreuse.spi.sql.Unended;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenQuoteTest {

    static Stream<Arguments> unended() {
        return Stream.of(
                arguments("SELECT 'a\nb;", "quote (')", 1),
                arguments("SELECT 1;\n\nSELECT 'it''s;", "quote (')", 3),
                arguments("SELECT E'it\\';", "quote (')", 1),
                arguments("SELECT \"a;", "quoted name (\")", 1),
                arguments("DO $$ BEGIN\nEND;", "dollar quote ($$)", 1),
                arguments("DO $a$ $$ $$ $b$ $b$;", "dollar quote ($a$)", 1),
                arguments("SELECT 1; /* a /* b */ c", "comment (/*)", 1),
                arguments("COPY t FROM STDIN;\nit's\n\\.\nSELECT 'a;", "quote (')", 4));
    }

    @ParameterizedTest
    @MethodSource("unended")
    void whatNeverEndsIsFoundWhereItBegins(String sql, String what, int line) {
        assertEquals(Optional.of(new Unended(what, line)), StatementScan.open(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT 'it''s', E'it\\'s', U&'d\\0061t', 'c:\\';",
                "-- it's\nSELECT 1; -- don't",
                "/* it's /* nested \" */ $$ */ SELECT 1;",
                "SELECT $1, a$b, a$b$c FROM t;",
                "DO $$ BEGIN PERFORM 'x'; -- it's\nEND $$; SELECT \"a\"\"b\";",
                "CREATE FUNCTION f() RETURNS text AS $body$ SELECT $q$it's$q$ $body$ LANGUAGE sql;",
                "COPY t (a, b) FROM STDIN;\n1\tit's\n2\t\"\n\\.\nSELECT 1;",
                "copy t from stdin with (format csv);\nit's\n\\.\n"
            })
    void whatEndsIsFine(String sql) {
        assertEquals(Optional.empty(), StatementScan.open(sql));
    }
}
