package io.chartreuse.provider.postgres.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthenticationTest {

    private static final String SAFE = "scram-sha-256,gss,sspi,none";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                            | safe",
                "?sslmode=require                              | safe",
                "?sslmode=verify-ca                            | safe",
                "?sslmode=disable&ssl=true                     | safe",
                "?sslmode=verify-full                          | any",
                "?ssl=true                                     | any",
                "?requireAuth=md5                              | md5",
                "?sslmode=verify-full&requireAuth=scram-sha-256| scram-sha-256",
            })
    void onlyMethodsThatKeepThePasswordAreAllowedUnlessTheServerIsProven(String parameters, String allowed) {
        Optional<String> expected = allowed.equals("any") ? Optional.empty() : Optional.of(allowed);

        assertEquals(
                expected.map(methods -> methods.equals("safe") ? SAFE : methods),
                new Authentication("jdbc:postgresql://a/b" + parameters).allowed());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                      | false",
                "?requireAuth=scram-sha-256              | false",
                "?requireAuth=scram-sha-256,password     | true",
                "?requireAuth=md5&sslmode=prefer         | true",
                "?requireAuth=md5&sslmode=require        | false",
                "?requireAuth=!password                  | true",
                "?requireAuth=!password,!md5             | false",
                "?requireAuth=password&ssl=true          | false",
            })
    void aUrlThatLetsThePasswordLeaveWithoutEncryptionIsKnown(String parameters, boolean reveals) {
        assertEquals(reveals, new Authentication("jdbc:postgresql://a/b" + parameters).mayReveal());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                      | true",
                "?requireAuth=scram-sha-256              | true",
                "?requireAuth=md5&sslmode=require        | false",
                "?requireAuth=password&ssl=true          | true",
            })
    void aServerThatTheUrlDoesNotNameIsGivenNoPassword(String parameters, boolean safe) {
        assertEquals(safe, new Authentication("jdbc:postgresql://a/b" + parameters).isSafeAnywhere());
    }
}
