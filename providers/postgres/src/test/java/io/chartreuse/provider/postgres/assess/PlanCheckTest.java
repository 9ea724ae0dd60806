package io.chartreuse.provider.postgres.assess;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanCheckTest {

    private static final Migration SIX = Samples.migration("6", "as planned");
    private static final Migration SEVEN = Samples.migration("7", "as planned");

    @Test
    void theSameMigrationsAreThePlans() {
        assertEquals(List.of(), moved(Samples.assessment("5", SIX, SEVEN)));
    }

    @Test
    void theLastOnesOfThemAreAResumedRuns() {
        assertEquals(List.of(), moved(Samples.assessment("6", SEVEN)));
    }

    @Test
    void anEditedOneIsNamed() {
        assertEquals(
                List.of("Database main is no longer as planned: V7__x.sql was edited."),
                moved(Samples.assessment("5", SIX, Samples.migration("7", "edited"))));
    }

    @Test
    void anAddedOneIsNamed() {
        assertEquals(
                List.of("Database main is no longer as planned: V8__x.sql is pending, but not in the plan."),
                moved(Samples.assessment("5", SIX, SEVEN, Samples.migration("8", "new"))));
    }

    @Test
    void aRemovedOneIsNamed() {
        assertEquals(
                List.of("Database main is no longer as planned: V7__x.sql is in the plan, but not pending."),
                moved(Samples.assessment("5", SIX)));
    }

    @Test
    void anotherGoalIsSaid() {
        assertEquals(
                List.of("Database main is no longer as planned: its migrations lead to {\"revision\":\"9\"}"
                        + " instead of {\"revision\":\"7\"}."),
                moved(Samples.assessment("9")));
    }

    private static List<String> moved(Assessment now) {
        return new PlanCheck(plan(), now)
                .moved().stream().map(Diagnostic::summary).toList();
    }

    private static Change plan() {
        Resource planned = Samples.assessment("5", SIX, SEVEN).resource();
        return new Change(
                planned.address(),
                planned.role(),
                0,
                List.of("migrate"),
                planned.reason(),
                planned.observed(),
                Optional.empty(),
                planned.desired(),
                List.of(),
                planned.migrations(),
                planned.identity(),
                planned.fingerprint(),
                List.of());
    }
}
