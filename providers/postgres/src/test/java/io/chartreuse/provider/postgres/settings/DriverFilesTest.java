package io.chartreuse.provider.postgres.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverFilesTest {

    @TempDir
    Path directory;

    private static List<String> files(String parameters) {
        return DriverFiles.of("jdbc:postgresql://pg/shop" + parameters)
                .map(Path::toString)
                .toList();
    }

    @Test
    void passwordsAreLookedForWithEachUrlAndServicesWhereItNamesOne() {
        assertEquals(1, files("").size(), files("")::toString);
        assertTrue(files("").get(0).contains("pgpass"), files("")::toString);
        assertTrue(files("?service=shop").stream().anyMatch(file -> file.contains("pg_service")));
    }

    @Test
    void certificatesAreThoseThatTheUrlNames() {
        List<String> files = files("?sslmode=verify-full&sslrootcert=%2Fpki%2Four%20ca.pem&sslkey=/pki/me.key");

        assertTrue(files.containsAll(List.of("/pki/our ca.pem", "/pki/me.key")), files::toString);
        assertEquals(3, files.size());
        assertEquals(2, files("?sslcert=/a%zz&sslkey=/b").size(), "what does not decode is refused elsewhere");
    }

    @Test
    void aFileOrDirectoryIsNoPipe() throws IOException, InterruptedException {
        Path pipe = directory.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());

        assertTrue(DriverFiles.isPipe(pipe));
        assertFalse(DriverFiles.isPipe(directory));
        assertFalse(DriverFiles.isPipe(Files.createFile(directory.resolve("file"))));
        assertFalse(DriverFiles.isPipe(directory.resolve("nothing")));
    }
}
