package io.chartreuse.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.cli.Desk.Said;
import io.chartreuse.cli.command.GlobalOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** How a person finds out what to type. */
final class HelpTest {

    @TempDir
    Path directory;

    private Desk desk;

    @BeforeEach
    void sitDown() {
        desk = Desk.usual(directory);
    }

    private static void assertHelp(Said said, String usage) {
        assertEquals(0, said.code(), said.all());
        assertTrue(said.out().contains("Usage: " + usage), said.all());
        assertEquals("", said.err(), said.all());
    }

    private static void assertRefused(Said said, String... words) {
        assertEquals(64, said.code(), said.all());
        assertEquals("", said.out(), said.all());
        for (String word : words) {
            assertTrue(said.err().contains(word), "should say " + word + ": " + said.all());
        }
    }

    @Test
    void theBareCommandShowsItsHelp() {
        Said bare = desk.runBare();
        assertHelp(bare, "chartreuse [");
        assertEquals(desk.runBare("--help").out(), bare.out());
        assertTrue(bare.out().contains("Exit codes:"), bare.all());
    }

    @Test
    void aBareGroupShowsItsHelp() {
        assertHelp(desk.runBare("audit"), "chartreuse audit");
        assertHelp(desk.runBare("config"), "chartreuse config");
    }

    @Test
    void optionsWithoutACommandAreAMistake() {
        assertRefused(desk.runBare("--debug", "--no-color"), "Missing required subcommand");
        assertRefused(desk.runBare("audit", "--no-color"), "Missing required subcommand");
    }

    @Test
    void helpShowsACommandByItsWords() {
        assertHelp(desk.runBare("help"), "chartreuse [");
        assertHelp(desk.runBare("help", "plan"), "chartreuse plan");
        assertHelp(desk.runBare("help", "audit"), "chartreuse audit");
        assertHelp(desk.runBare("help", "audit", "verify"), "chartreuse audit verify");
        assertHelp(desk.runBare("help", "config", "convert"), "chartreuse config convert");
        assertEquals(
                desk.runBare("audit", "verify", "--help").out(),
                desk.runBare("help", "audit", "verify").out());
    }

    @Test
    void helpOfWhatIsNoCommandGuessesWhatWasMeant() {
        assertRefused(desk.runBare("help", "plam"), "has no command 'plam'", "Did you mean `chartreuse plan`?");
        assertRefused(desk.runBare("help", "audit", "verfy"), "Did you mean `chartreuse audit verify`?");
        assertRefused(desk.runBare("help", "plan", "verify"), "`chartreuse plan` has no commands below it");
        assertRefused(desk.runBare("help", "xyzzy"), "`chartreuse --help` lists what there is.");
    }

    @Test
    void anUnknownCommandIsRefusedBesideHelpToo() {
        for (String[] words : new String[][] {
            {"plam"}, {"plam", "--help"}, {"plam", "-h"}, {"--help", "plam"}, {"plam", "plan", "--help"}
        }) {
            assertRefused(desk.runBare(words), "'plam'", "Did you mean `chartreuse plan`?", "[cli.usage]");
        }
        assertRefused(desk.runBare("audit", "verfy", "--help"), "Did you mean `chartreuse audit verify`?");
        assertRefused(desk.runBare("audit", "verfy"), "Did you mean `chartreuse audit verify`?");
        assertRefused(desk.runBare("--nonsense", "--help"), "--nonsense");
    }

    @Test
    void helpNeedsNoConfiguration() {
        assertHelp(desk.runBare("plan", "--help"), "chartreuse plan");
        assertHelp(desk.runBare("--config", directory + "/none.yaml", "help", "plan"), "chartreuse plan");
        assertFalse(desk.runBare("help").out().contains("earlier-upgrade"), "what only the earlier names call");
    }

    @Test
    void theNameOfTheCommandIsFoundBehindOptions() {
        assertEquals(Optional.of("plan"), Chartreuse.commandName(List.of("plan", "-c", "x")));
        assertEquals(
                Optional.of("plan"),
                Chartreuse.commandName(List.of("-c", "apply", "--output=json", "--no-color", "plan", "--debug")));
        assertEquals(Optional.empty(), Chartreuse.commandName(List.of("--help", "plan")));
        assertEquals(Optional.empty(), Chartreuse.commandName(List.of("-hc", "x", "plan")));
        assertEquals(Optional.empty(), Chartreuse.commandName(List.of("-c")));
    }

    @Test
    void everyGlobalOptionIsKnownWithItsValue() {
        List<OptionSpec> options =
                new CommandLine(new Chartreuse.Root()).getCommandSpec().options();
        assertTrue(options.size() > 5, options::toString);
        for (OptionSpec option : options) {
            for (String name : option.names()) {
                int words = option.usageHelp() || option.versionHelp()
                        ? 0
                        : option.arity().max() + 1;
                assertEquals(words, GlobalOptions.words(name), name);
            }
        }
    }

    @Test
    void optionsBeforeTheNameHideNoCommand() {
        String all = desk.runBare("--help").out();
        assertEquals(all, desk.runBare("--help", "plan").out());
        assertRefused(desk.runBare("--no-color", "plann"), "Did you mean `chartreuse plan`?");
    }
}
