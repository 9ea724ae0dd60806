package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code examples/review}, as its page has them, with the distribution and a real database. */
class ReviewStoryIT {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    private static final Pattern CODE = Pattern.compile("# exit code (\\d+)");
    private static final Pattern BY_HAND = Pattern.compile("psql .* -c \"(.*)\"");

    @TempDir
    Path directory;

    private final RealDatabase database = RealDatabase.create();

    /** Prints each command and checks its exit code, which its comment names; 0 without a comment. */
    private static String checked(String line) {
        Matcher code = CODE.matcher(line);
        return "echo '$' \"" + line.replaceAll("([\"$\\\\`])", "\\\\$1") + "\"\n" + line + "\n[ $? -eq "
                + (code.find() ? code.group(1) : "0") + " ] || exit 99\n";
    }

    private PipelineDesk desk() {
        Path review = directory.resolve("review");
        ChartFolder.copy(Example.HOME.resolve("review"), review, text -> text);
        ChartFolder.copy(Example.HOME.resolve("policies"), directory.resolve("policies"), text -> text);
        Path configuration = review.resolve("chartreuse.yaml");
        ChartFolder.write(
                configuration,
                ChartFolder.read(configuration)
                        .replaceFirst("url: .*", "url: " + database.url())
                        .replaceFirst("user: .*", "user: postgres"));
        return new PipelineDesk(review)
                .program(
                        "chartreuse",
                        "#!/bin/sh\nexec '" + Distribution.unpack(directory).launcher() + "' \"$@\"\n")
                .set("SHOP_PG_PASSWORD", "postgres");
    }

    @Test
    void eachCommandDoesWhatThePageSays() {
        PipelineDesk desk = desk();
        StringBuilder commands = new StringBuilder("set +e +o pipefail\n");
        for (String line : BLOCK.matcher(desk.read("README.md"))
                .results()
                .flatMap(block -> block.group(1).lines())
                .toList()) {
            Matcher byHand = BY_HAND.matcher(line);
            if (byHand.matches()) {
                desk.bash(commands.toString()).endsWith(0);
                database.query(byHand.group(1));
                commands = new StringBuilder("set +e +o pipefail\n");
            } else {
                commands.append(checked(line));
            }
        }
        desk.bash(commands.toString()).endsWith(0).says("table public.orders");

        assertEquals("1", database.revision());
        assertTrue(desk.read("run.html").contains("grace"), "who approved it is in the report");
    }
}
