package io.chartreuse.provider.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is so of an object.
 *
 * @param part   the object's name
 * @param line   what its digest is made of; empty where another row's line has it already
 * @param detail what of the object it is ({@code column total}); empty where that has no name
 * @param shown  what may be read by all of that ({@code integer not null default})
 * @param hidden what may hold a secret, as the expression of a default: only its digest is kept
 */
record CatalogRow(String part, Optional<String> line, Optional<String> detail, String shown, Optional<String> hidden) {

    private static final int DETAILED = 5;

    /** Of the row that the result is at. */
    static CatalogRow of(ResultSet rows) throws SQLException {
        Optional<String> line = Optional.ofNullable(rows.getString(2));
        if (rows.getMetaData().getColumnCount() < DETAILED) {
            return new CatalogRow(
                    rows.getString(1), line.or(() -> Optional.of("")), Optional.empty(), "", Optional.empty());
        }
        Optional<String> detail = Optional.ofNullable(rows.getString(3));
        return new CatalogRow(
                rows.getString(1),
                line.or(() -> detail.isEmpty() ? Optional.of("") : Optional.empty()),
                detail,
                Objects.requireNonNullElse(rows.getString(4), ""),
                Optional.ofNullable(rows.getString(DETAILED)));
    }
}
