package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What bad input gets: a message that names the thing and the remedy, the right exit code, nothing touched. */
final class BadInputTest {

    @TempDir
    Path directory;

    private Desk desk;
    private String untouched;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
        untouched = desk.world.state();
    }

    private void assertRefused(int code, Said said, String... words) {
        assertEquals(code, said.code(), said.all());
        for (String word : words) {
            assertTrue(said.err().contains(word), "should say " + word + ": " + said.all());
        }
        assertFalse(said.all().contains("Exception"), said.all());
        assertFalse(said.all().contains("\tat "), said.all());
        assertEquals(untouched, desk.world.state());
    }

    private Path saved() {
        Path plan = directory.resolve("plan.json");
        assertEquals(0, desk.run("plan", "--out", plan.toString()).code());
        return plan;
    }

    private void edit(Path file, String what, String with) throws IOException {
        String text = Files.readString(file);
        assertTrue(text.contains(what), text);
        Files.writeString(file, text.replace(what, with));
    }

    @Test
    void aMissingConfigurationIsNamed() {
        assertRefused(64, desk.runBare("plan", "-c", directory + "/none.yaml"), "none.yaml does not exist");
    }

    @Test
    void manyProblemsOfOneKindAreCountedAndAllOfThemAreInTheDocument() throws IOException {
        Path file = directory.resolve("wrong.yaml");
        Files.writeString(
                file,
                "version: 1\nrelease: shop\n"
                        + IntStream.range(0, 134)
                                .mapToObj(i -> "k" + i + ": v\n")
                                .collect(Collectors.joining()));

        Said said = desk.runBare("validate", "-c", file.toString());
        assertRefused(
                64, said, "k19`", "… and 114 more [core.setting-unknown]; --output json shows all.", "135 errors.");
        assertFalse(said.err().contains("k20`"), said.err());
        String json =
                desk.runBare("validate", "-c", file.toString(), "-o", "json").out();
        assertTrue(json.contains("k133`"), json);
    }

    @Test
    void aNameThatNoFileCanHaveIsNoFault() {
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemory: {}\npolicy: [\"a\\0b.yaml\"]\n");

        assertRefused(64, desk.run("validate"), "cannot be the name of a file here");
    }

    @Test
    void theEnvironmentNamesTheConfigurationWhereNoOptionDoes() {
        desk.environment.put("CHARTREUSE_CONFIG", directory + "/other.yaml");
        assertRefused(64, desk.runBare("plan"), "other.yaml does not exist");
    }

    @Test
    void allThatIsWrongWithAConfigurationIsToldAtOnce() {
        desk.write("version: 1\nrelase: shop\nstrategy: befor\nmemory: {wordl: x}\n");
        assertRefused(
                64,
                desk.run("validate"),
                "Error: unknown setting `relase`",
                "at DIRECTORY/chartreuse.yaml:2:1 /relase",
                "Did you mean `before`?",
                "unknown setting `memory.wordl`",
                "3 errors.");
    }

    @Test
    void aMalformedConfigurationIsShownWithItsPlace() {
        desk.write("version: 1\nrelease: [shop\n");
        assertRefused(64, desk.run("plan"), "chartreuse.yaml:", "[core.configuration-syntax]");
    }

    @Test
    void anUnknownProviderIsNamed() {
        desk.write("version: 1\nrelease: shop\nbackend: file\nmemry: {}\n");
        assertRefused(64, desk.run("plan"), "memry", "Did you mean `memory`?");
    }

    @Test
    void aTruncatedPlanIsRefused() throws IOException {
        Path plan = saved();
        String text = Files.readString(plan);
        Files.writeString(plan, text.substring(0, text.length() / 2));
        assertRefused(64, desk.run("apply", plan.toString()), "plan.json is not a whole plan", "truncated");
        assertRefused(64, desk.run("show", plan.toString()), "plan.json is not a whole plan");
    }

    @Test
    void anEditedPlanIsRefused() throws IOException {
        Path plan = saved();
        edit(plan, "\"hold\"", "\"restore\"");
        assertRefused(64, desk.run("apply", plan.toString()), "was changed after it was made", "[plan.edited]");
    }

    @Test
    void aPlanOfAnotherMajorFormatIsRefused() throws IOException {
        Path plan = saved();
        edit(plan, "\"formatVersion\" : \"1.3\"", "\"formatVersion\" : \"2.0\"");
        assertRefused(64, desk.run("apply", plan.toString()), "plan format 2.0", "[plan.unknown-format]");
    }

    @Test
    void aPlanOfAnotherReleaseIsRefused() throws IOException {
        Path plan = saved();
        desk.write(Files.readString(desk.config).replace("release: shop", "release: store"));
        assertRefused(64, desk.run("apply", plan.toString()), "was made for release shop, not for store");
    }

    @Test
    void aFileThatIsNoPlanIsRefused() {
        assertRefused(64, desk.run("show", desk.config.toString()), "is not a whole plan");
        assertRefused(64, desk.run("show", directory + "/none.json"), "none.json cannot be read");
    }

    @Test
    void anUnknownPlanIdIsRefused() {
        assertRefused(64, desk.run("apply", "--plan-id", "6f0c"), "there is no plan 6f0c", "--store");
    }

    @Test
    void anUnwritableOutputIsNamedAndNothingIsStored() {
        Said said = desk.run("plan", "--store", "--out", directory + "/no/such/plan.json");
        assertRefused(64, said, "no/such/plan.json cannot be written");
        assertFalse(Files.exists(directory.resolve(".chartreuse")), "a plan was stored");
    }

    @Test
    void anUnknownCommandIsAnsweredWithTheNearest() {
        assertRefused(64, desk.runBare("plam"), "plam", "Did you mean `chartreuse plan`", "`chartreuse --help`");
    }

    @Test
    void anUnknownOptionIsAnsweredWithTheNearest() {
        assertRefused(64, desk.run("plan", "--detailed-exitcod"), "--detailed-exitcod", "`chartreuse plan --help`");
    }

    @Test
    void optionsWithoutACommandAreAWrongCommandLine() {
        assertRefused(64, desk.runBare("--debug"), "Missing required subcommand", "`chartreuse --help`");
        assertRefused(64, desk.runBare("audit", "--debug"), "Missing required subcommand", "`chartreuse audit --help`");
    }

    @Test
    void valuesThatMakeNoSenseAreNamed() {
        assertRefused(64, desk.run("apply", "--yes", "--parallelism", "0"), "'0' is not a whole number from 1");
        assertRefused(64, desk.run("apply", "--yes", "--grace", "soon"), "\"soon\" is not a duration such as 500ms");
        assertRefused(64, desk.run("schema", "plam"), "plam");
        assertRefused(64, desk.run("plan", "--output", "xml"), "xml");
    }

    @Test
    void aFileAndAnIdAtOnceAreTooMuch() {
        assertRefused(64, desk.run("apply", "plan.json", "--plan-id", "6f0c"), "mutually exclusive");
        assertRefused(64, desk.run("show"), "PLAN");
    }

    @Test
    void aNewPlanIsNotAppliedWithoutAYes() {
        assertRefused(64, desk.run("apply"), "no terminal to ask on", "--yes", "[cli.nobody-to-ask]");
        assertFalse(Files.exists(directory.resolve(".chartreuse")), "a plan was stored");
    }

    @Test
    void anyAnswerButYesIsANo() {
        for (String answer : new String[] {"y\n", "", "no\n"}) {
            assertRefused(5, desk.onTerminal(answer).run("apply"), "Only 'yes' is accepted", "nothing was done");
        }
    }

    @Test
    void aStalePlanIsRefusedWithWhatMoved() {
        Path plan = saved();
        desk.world.moveTo("main", 6);
        untouched = desk.world.state();
        assertRefused(3, desk.run("apply", plan.toString()), "memory.database/main", "[apply.stale]");
    }

    @Test
    void aPlanThatFailedIsNotExecutedAgain() {
        Path plan = saved();
        desk.world.failAt("main", 7);
        assertEquals(1, desk.run("apply", plan.toString()).code());
        untouched = desk.world.state();
        assertRefused(3, desk.run("apply", plan.toString()), "was executed by run", "[apply.executed]");
    }

    @Test
    void anUnreadableWorldIsReported() {
        desk.world.unreadable(true);
        assertRefused(1, desk.run("plan"), "the world cannot be read", "fix the test world");
    }

    @Test
    void aFaultOfOursIsOneMessageWithoutAStackTrace() {
        desk.configure("  behaviour: broken\n");
        Said said = desk.run("plan");
        assertEquals(1, said.code());
        assertTrue(said.err().startsWith("Error: This is a fault of Chartreuse: "), said.all());
        assertTrue(said.err().contains("--debug"), said.all());
        assertFalse(said.all().contains("\tat "), said.all());
    }

    @Test
    void tooLittleMemoryIsNoFaultOfOurs() {
        desk.configure("  behaviour: exhausted\n");
        Said said = desk.run("plan");
        assertRefused(1, said, "the command ran out of memory", "resources.limits.memory", "[cli.out-of-memory]");
        assertFalse(said.all().contains("fault of Chartreuse"), said.all());
    }

    @Test
    void aSecretIsMaskedWhereverItTurnsUp() {
        desk.environment.put("PG_PASSWORD", "correct-horse");
        desk.configure("  behaviour: leaky\n  password: {env: PG_PASSWORD}\n");
        for (Said said : new Said[] {desk.run("plan"), desk.run("status"), desk.run("plan", "--output", "json")}) {
            assertEquals(1, said.code());
            assertFalse(said.all().contains("correct-horse"), said.all());
            assertTrue(said.all().contains("(secret)"), said.all());
        }
    }

    @Test
    void colourIsForTerminalsThatWantIt() {
        String escape = "\u001b[";
        assertFalse(desk.run("plan").out().contains(escape));
        desk.terminals = Set.of(0, 1, 2);
        assertTrue(desk.run("plan").out().contains(escape));
        assertFalse(desk.run("plan", "--no-color").out().contains(escape));
        assertFalse(desk.run("--help", "--no-color").out().contains(escape));
        desk.environment.put("NO_COLOR", "1");
        assertFalse(desk.run("plan").out().contains(escape));
        assertFalse(desk.run("plam").err().contains(escape));
    }
}
