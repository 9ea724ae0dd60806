package io.chartreuse.provider.patroni.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "db-1.example.org:5432, db-1.example.org, 5432",
        "patroni_1:6432, patroni_1, 6432",
        "10.0.0.7:5432, 10.0.0.7, 5432",
        "[2001:db8::7]:5432, 2001:db8::7, 5432"
    })
    void readsANameOrAnAddress(String text, String host, int port) {
        Optional<ServerAddress> read = ServerAddress.parse(text);

        assertEquals(Optional.of(new ServerAddress(host, port)), read);
        assertEquals(text, read.orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db-1", "db-1:", ":5432", "db-1:0", "db-1:65536", "2001:db8::7", "ada@db-1:5432", "db 1:5432"})
    void anythingElseIsNotAnAddress(String text) {
        assertEquals(Optional.empty(), ServerAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example/x?requireAuth=password&a",
                "a,b",
                "db-1#",
                "db-1?socketFactory=x",
                "db-1\n",
                "",
                "db%2f"
            })
    void aHostThatMeansSomethingInAUrlIsNone(String host) {
        assertEquals(Optional.empty(), ServerAddress.of(host, 5432));
    }
}
