package io.chartreuse.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which encoding the launcher lets the virtual machine read names in. */
final class LauncherEncodingTest {

    @TempDir
    Path directory;

    private Path java;

    @BeforeEach
    void furnish() throws Exception {
        java = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.15\"\n");
    }

    /** LC_ALL, LC_CTYPE and LANG as they are given, and as they arrive. */
    @ParameterizedTest
    @CsvSource({
        "'', '', '', '', C.UTF-8, ''",
        "C, '', '', C.UTF-8, C.UTF-8, ''",
        "POSIX, '', fr_FR.UTF-8, C.UTF-8, C.UTF-8, fr_FR.UTF-8",
        "'', POSIX, fr_FR.UTF-8, '', C.UTF-8, fr_FR.UTF-8",
        "'', '', C, '', C.UTF-8, C",
        "'', '', C.UTF-8, '', '', C.UTF-8",
        "C.UTF-8, '', '', C.UTF-8, '', ''",
        "'', '', de_DE.ISO-8859-15, '', '', de_DE.ISO-8859-15",
        "de_DE.ISO-8859-15, '', '', de_DE.ISO-8859-15, '', ''",
    })
    void namesAreReadAsUtf8(
            String all, String type, String language, String allThen, String typeThen, String languageThen)
            throws Exception {
        program("printf '%s,%s,%s\\n' \"${LC_ALL:-}\" \"${LC_CTYPE:-}\" \"${LANG:-}\"\n");

        assertEquals(
                allThen + "," + typeThen + "," + languageThen,
                launched(Map.of("LC_ALL", all, "LC_CTYPE", type, "LANG", language))
                        .get(0));
    }

    @Test
    void theVirtualMachineReadsAndPrintsThem() throws Exception {
        Path real = Path.of(System.getProperty("java.home"), "bin", "java");
        program("exec " + real + " -XshowSettings:properties -version 2>&1\n");

        List<String> settings = launched(Map.of("LC_ALL", "POSIX"));
        assertTrue(
                settings.stream().anyMatch(line -> line.strip().equals("sun.jnu.encoding = UTF-8")),
                settings.toString());
        assertTrue(
                settings.stream().anyMatch(line -> line.strip().equals("native.encoding = UTF-8")),
                settings.toString());
    }

    private void program(String text) throws Exception {
        Files.writeString(java, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> launched(Map<String, String> locale) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        Path.of("src/dist/bin/chartreuse").toAbsolutePath().toString(),
                        "version")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        Process process = builder.start();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), "did not end");
        return Files.readAllLines(directory.resolve("out"));
    }
}
