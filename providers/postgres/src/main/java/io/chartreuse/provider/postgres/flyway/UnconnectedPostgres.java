package io.chartreuse.provider.postgres.flyway;

import java.util.List;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.parser.Parser;
import org.flywaydb.core.internal.parser.ParsingContext;
import org.flywaydb.core.internal.parser.Token;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.flywaydb.database.postgresql.PostgreSQLParser;

/** Flyway's PostgreSQL for reading scripts without a server that reports its version. */
final class UnconnectedPostgres extends PostgreSQLDatabaseType {

    @Override
    public Parser createParser(Configuration configuration, ResourceProvider resources, ParsingContext context) {
        return new UnconnectedParser(configuration, context);
    }

    private static final class UnconnectedParser extends PostgreSQLParser {

        private UnconnectedParser(Configuration configuration, ParsingContext context) {
            super(configuration, context);
        }

        /**
         * Flyway keeps {@code ALTER TYPE … ADD VALUE} out of a transaction before PostgreSQL 12, which Chartreuse does
         * not support.
         */
        @Override
        protected Boolean detectCanExecuteInTransaction(String statement, List<Token> keywords) {
            return statement.startsWith("ALTER TYPE") ? null : super.detectCanExecuteInTransaction(statement, keywords);
        }
    }
}
