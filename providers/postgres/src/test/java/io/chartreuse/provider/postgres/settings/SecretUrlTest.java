package io.chartreuse.provider.postgres.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretUrlTest {

    private static SecretUrl read(String text) {
        return SecretUrl.read(text).orElseThrow();
    }

    private static void assertRead(String jdbc, String user, String password, String text) {
        assertEquals(new SecretUrl(jdbc, Optional.of(user), Optional.of(password)), read(text));
    }

    @Test
    void aUriOfLibpqIsTaken() {
        assertRead(
                "jdbc:postgresql://ledger-rw.books:5432/ledger",
                "app",
                "k+9/x y",
                "postgresql://app:k+9%2Fx%20y@ledger-rw.books:5432/ledger\n");
        assertRead("jdbc:postgresql://ledger/", "app", "k", "postgres://app:k@ledger");
    }

    @Test
    void aJdbcUrlIsTaken() {
        assertRead(
                "jdbc:postgresql://ledger-rw.books:5432/ledger?sslmode=require",
                "app",
                "k 9",
                "jdbc:postgresql://ledger-rw.books:5432/ledger?password=k+9&sslmode=require&user=app");
    }

    @Test
    void aUrlOfSqlAlchemyIsTaken() {
        assertRead("jdbc:postgresql://ledger/books", "app", "k", "postgresql+psycopg2://app:k@ledger/books");
    }

    @Test
    void parametersOfLibpqGetTheDriversNames() {
        assertEquals(
                "jdbc:postgresql://a:1,b:2/ledger?connectTimeout=5&ApplicationName=books&sslmode=verify-full",
                read("postgresql://a:1,b:2/ledger?connect_timeout=5&application_name=books&sslmode=verify-full")
                        .jdbc());
    }

    @Test
    void userAndPasswordNeedNotBeThere() {
        assertEquals(
                new SecretUrl("jdbc:postgresql://ledger/books", Optional.empty(), Optional.empty()),
                read("postgresql://ledger/books"));
        assertEquals(Optional.empty(), read("postgresql://app@ledger/books").password());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mysql://app:k@ledger/books", "ledger:5432", "postgresql://app:k@x@ledger/books"})
    void whatIsNoSuchUrlIsNotRead(String text) {
        assertEquals(Optional.empty(), SecretUrl.read(text));
    }
}
