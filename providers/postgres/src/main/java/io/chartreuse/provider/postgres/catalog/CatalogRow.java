package io.chartreuse.provider.postgres.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * One property of an object.
 *
 * @param part   the object's name
 * @param line   the input of its digest; empty where another row's line already has it
 * @param detail the part of the object ({@code column total}); empty for a part without a name
 * @param shown  the part of the property that may be shown ({@code integer not null default})
 * @param hidden the part that may hold a secret, as the expression of a default: only its digest is kept
 */
record CatalogRow(String part, Optional<String> line, Optional<String> detail, String shown, Optional<String> hidden) {

    private static final int DETAILED = 5;

    /** Reads the current row of the result. */
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
