package io.chartreuse.cli.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the image's recipe without building it. */
final class DockerfileTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path IMAGE = ROOT.resolve("engine/image");
    private static final Pattern SECRET = Pattern.compile("(?i)(password|passwd|token|secret|credential|apikey)");

    /** Instructions, continued lines joined, comments left out. */
    private static List<String> instructions() throws IOException {
        String text = Files.readString(IMAGE.resolve("Dockerfile"))
                .replaceAll("(?m)^#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", "");
        return text.lines().filter(line -> !line.isBlank()).toList();
    }

    private static List<String> of(String instruction) throws IOException {
        return instructions().stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1).trim())
                .toList();
    }

    /** What stands from the stage's FROM to the next. */
    private static List<String> stage(String name) throws IOException {
        return instructions().stream()
                .dropWhile(line -> !line.endsWith(" AS " + name))
                .skip(1)
                .takeWhile(line -> !line.startsWith("FROM "))
                .toList();
    }

    @Test
    void everythingThatIsCopiedIsThere() throws IOException {
        for (String copy : of("COPY")) {
            if (!copy.startsWith("--from=")) {
                String[] words = copy.split("\\s+");
                for (String source : Arrays.copyOf(words, words.length - 1)) {
                    assertTrue(Files.exists(ROOT.resolve(source)), source);
                }
            }
        }
    }

    /** The image has no unzip, so the wrapper fetches the other archive of the same release, which has another digest. */
    @Test
    void theDigestOfMavensOtherArchiveIsOfTheReleaseThatTheWrapperNames() throws IOException {
        String wrapper = Files.readString(ROOT.resolve(".mvn/wrapper/maven-wrapper.properties"));
        List<String> arguments = of("ARG");
        String version = arguments.stream()
                .filter(argument -> argument.startsWith("MAVEN="))
                .findFirst()
                .orElseThrow()
                .substring("MAVEN=".length());
        assertTrue(wrapper.contains("/apache-maven-" + version + "-bin.zip\n"), wrapper);
        assertTrue(arguments.stream().anyMatch(argument -> argument.matches("MAVEN_TAR_SHA256=[0-9a-f]{64}")));
    }

    @Test
    void whatIsCopiedFromAStageIsFromOneBefore() throws IOException {
        List<String> lines = instructions();
        for (String copy :
                lines.stream().filter(line -> line.contains("--from=")).toList()) {
            String from = copy.replaceAll(".*--from=(\\S+).*", "$1");
            assertTrue(
                    lines.subList(0, lines.indexOf(copy)).stream().anyMatch(line -> line.endsWith(" AS " + from)),
                    copy);
        }
    }

    @Test
    void bothImagesRunAsTheNumericUserOfTheChart() throws IOException {
        String chart = Files.readString(ROOT.resolve("helm/chartreuse/values.yaml"));
        for (String image : List.of("alembic", "chartreuse")) {
            List<String> users = stage(image).stream()
                    .filter(line -> line.startsWith("USER "))
                    .toList();
            assertEquals(List.of("USER 65532:65532"), users);
        }
        assertTrue(chart.contains("runAsUser: 65532") && chart.contains("runAsGroup: 65532"));
    }

    @Test
    void bothImagesSayWhatTheyAre() throws IOException {
        for (String image : List.of("alembic", "chartreuse")) {
            String stage = String.join("\n", stage(image));
            for (String label :
                    List.of("title", "description", "licenses", "source", "version", "revision", "created")) {
                assertTrue(stage.contains("org.opencontainers.image." + label + "=\""), image + " " + label);
            }
            assertTrue(stage.contains("ENTRYPOINT [\"/opt/chartreuse/bin/chartreuse\"]"), stage);
        }
        assertTrue(Files.isExecutable(Path.of("src/dist/bin/chartreuse")));
    }

    @Test
    void theImageWithoutPythonIsTheOneThatIsBuiltUnlessAnotherIsNamed() throws IOException {
        assertTrue(of("FROM").get(of("FROM").size() - 1).endsWith(" AS chartreuse"));
        assertTrue(stage("chartreuse").stream().noneMatch(line -> line.startsWith("RUN ")), "its base has no shell");
    }

    @Test
    void noSecretAndNoUnnamedDownloadGetsIn() throws IOException {
        for (String line : instructions()) {
            boolean sets = line.startsWith("ARG ") || line.startsWith("ENV ");
            assertFalse(sets && SECRET.matcher(line).find(), line);
            assertFalse(line.startsWith("ADD ") || line.contains("curl ") || line.contains("wget "), line);
        }
        List<String> ignored = Files.readAllLines(IMAGE.resolve("Dockerfile.dockerignore"));
        assertTrue(ignored.containsAll(List.of("**/.git", "**/target", "**/*.env", "**/*.pem", "**/kubeconfig")));
    }

    @Test
    void noStepIsMadeForOneKindOfProcessor() throws IOException {
        for (String name : List.of("Dockerfile", "assemble", "train", "modules")) {
            String text = Files.readString(IMAGE.resolve(name)).replaceAll("(?m)^#.*\\R", "");
            assertFalse(
                    Pattern.compile("x86_64|amd64|aarch64|arm64").matcher(text).find(), name);
        }
    }

    /** A cache that was recorded with other options than the launcher's would be of no use, without any error. */
    @Test
    void onlyTheLauncherKnowsTheOptionsOfTheVirtualMachine() throws IOException {
        try (Stream<Path> files = Files.list(IMAGE)) {
            for (Path file : files.toList()) {
                String text =
                        Files.readString(file).replaceAll("(?m)^#.*\\R", "").replace("-XX:AOTMode=on", "");
                assertFalse(text.contains("-XX:") || text.contains("bin/java\""), file.toString());
            }
        }
        String recorder = Files.readString(Path.of("src/dist/bin/chartreuse-cache"));
        assertFalse(recorder.contains("-XX:") || recorder.contains("/java"), recorder);
        assertTrue(Files.readString(IMAGE.resolve("train")).contains("bin/chartreuse-cache\" --into"));
        assertTrue(Files.readString(IMAGE.resolve("assemble")).contains("-XX:AOTMode=on \"$target/bin/chartreuse\""));
    }
}
