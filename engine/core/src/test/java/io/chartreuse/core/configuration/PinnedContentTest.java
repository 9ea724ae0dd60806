package io.chartreuse.core.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinnedContentTest {

    /** As it stands in the help of {@code --pin} and in the chart's page. */
    private static final String COMMAND =
            "(cd \"$0\" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum";

    @TempDir
    Path directory;

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private String printed() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", COMMAND, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, shell.waitFor());
        return "sha256:" + out.split(" ")[0];
    }

    @Test
    void theDigestOfADirectoryIsWhatTheDocumentedCommandPrints() throws Exception {
        write("V2__b.sql", "select 2;\n");
        write("V10__a b.sql", "");
        write("V1__a.sql", "x".repeat(100_000));
        write("more/V3__ü.sql", "select 'ü';");
        write("more.sql", "between them in the order of bytes");
        write(".hidden.sql", "select 4;");
        assertEquals(printed(), PinnedContent.read(directory).digest());
    }

    @Test
    void aMountedConfigMapIsTheSameAsTheFilesThatItIsMadeOf() throws Exception {
        write("V1__a.sql", "select 1;\n");
        write("V2__b.sql", "select 2;\n");
        String sources = PinnedContent.read(directory).digest();
        Path mount = Files.createDirectory(directory.resolve("mount"));
        Path version = Files.createDirectory(mount.resolve("..2026_11_30"));
        Files.createSymbolicLink(mount.resolve("..data"), version.getFileName());
        for (String name : new String[] {"V1__a.sql", "V2__b.sql"}) {
            Files.move(directory.resolve(name), version.resolve(name));
            Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
        }
        assertEquals(sources, PinnedContent.read(mount).digest());
    }

    @Test
    void aNameThatTheListCouldNotHoldIsRefused() throws IOException {
        write("V1__a\n.sql", "select 1;");
        assertThrows(IOException.class, () -> PinnedContent.read(directory));
    }
}
