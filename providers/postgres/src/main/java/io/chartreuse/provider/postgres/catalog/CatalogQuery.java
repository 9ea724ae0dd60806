package io.chartreuse.provider.postgres.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One query on the catalogs, in a file beside this class. Each row has the name of an object and one property of it.
 *
 * @param name of the file
 */
record CatalogQuery(String name) {

    /** @param tell receives each row */
    void ask(Connection connection, List<String> schemas, List<String> bookkeeping, Consumer<CatalogRow> tell)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(text("managed") + text(name))) {
            query.setArray(1, connection.createArrayOf("text", schemas.toArray()));
            query.setArray(2, connection.createArrayOf("text", bookkeeping.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    tell.accept(CatalogRow.of(rows));
                }
            }
        }
    }

    private static String text(String name) {
        try (InputStream file = CatalogQuery.class.getResourceAsStream(name + ".sql")) {
            return new String(Objects.requireNonNull(file, name + ".sql").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name + ".sql", e);
        }
    }
}
