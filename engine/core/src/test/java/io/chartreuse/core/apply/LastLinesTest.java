package io.chartreuse.core.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.chartreuse.core.run.StepOutcome;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {

    private final LastLines lines = new LastLines();

    private void steps(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(number -> lines.add("migration " + number));
    }

    @Test
    void theLastOnesAreKeptAndMoreOfThemAfterAFailure() {
        steps(1, 100);
        assertEquals(
                List.of("migration 96", "migration 97", "migration 98", "migration 99", "migration 100"),
                lines.of(StepOutcome.SUCCEEDED));
        assertEquals(20, lines.of(StepOutcome.FAILED).size());
    }

    @Test
    void aDecidingLineStaysInItsPlaceHoweverManyFollow() {
        steps(1, 3);
        lines.addDeciding("the connection was lost");
        steps(4, 50);
        lines.addDeciding("primary found again");
        steps(51, 100);
        List<String> kept = lines.of(StepOutcome.SUCCEEDED);
        assertEquals(List.of("the connection was lost", "primary found again", "migration 96"), kept.subList(0, 3));
        assertEquals(7, kept.size());
        assertEquals(22, lines.of(StepOutcome.FAILED).size());
    }

    @Test
    void decidingLinesWithoutEndDoNotFillTheRecord() {
        IntStream.rangeClosed(1, 1000).forEach(number -> lines.addDeciding("lost " + number));
        steps(1, 5);
        List<String> kept = lines.of(StepOutcome.FAILED);
        assertTrue(kept.contains("lost 1000"));
        assertTrue(kept.size() <= 60, () -> kept.size() + " lines");
    }

    @Test
    void whatIsSaidAgainAndAgainIsKeptOnce() {
        lines.add("3 pods left");
        lines.add("3 pods left");
        lines.addDeciding("3 pods left");
        lines.addDeciding("3 pods left");
        assertEquals(List.of("3 pods left", "3 pods left"), lines.of(StepOutcome.FAILED));
    }
}
