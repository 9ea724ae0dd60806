package io.chartreuse.provider.postgres.alembic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SqlAlchemyUrlTest {

    private static final SqlAlchemyUrl SHOP = new SqlAlchemyUrl(
            Map.of("PGHOST", "shop-pg", "PGPORT", "5433", "PGUSER", "shop owner@x/y", "PGDATABASE", "shop"));

    @Test
    void namesAreEncodedAndTheDriverIsTheUsers() {
        assertEquals("postgresql://shop%20owner%40x%2Fy@shop-pg:5433/shop", SHOP.text(Optional.empty()));
        assertEquals(
                "postgresql+psycopg://[::1]:5432/",
                new SqlAlchemyUrl(Map.of("PGHOST", "::1")).text(Optional.of("psycopg")));
        assertEquals(Optional.of("psycopg2"), SqlAlchemyUrl.driver("postgresql+psycopg2://%(user)s@x/y"));
        assertEquals(Optional.empty(), SqlAlchemyUrl.driver("driver://user:pass@localhost/dbname"));
    }

    @Test
    void severalHostsAreLeftToTheEnvironment() {
        assertEquals(
                "postgresql:///shop",
                new SqlAlchemyUrl(Map.of("PGHOST", "a,b", "PGPORT", "1,2", "PGDATABASE", "shop"))
                        .text(Optional.empty()));
    }

    @Test
    void anotherDatabaseHostOrPortIsTold() {
        assertEquals(
                Optional.empty(), SHOP.difference("postgresql+psycopg2://me:***@shop-pg:5433/shop?sslmode=prefer"));
        assertEquals(Optional.empty(), SHOP.difference("postgresql:///shop"));
        assertEquals(Optional.of("database old instead of shop"), SHOP.difference("postgresql://shop-pg/old"));
        assertEquals(Optional.of("host pg instead of shop-pg"), SHOP.difference("postgresql://pg/shop"));
        assertEquals(Optional.of("port 1 instead of 5433"), SHOP.difference("postgresql://shop-pg:1/shop"));
    }
}
