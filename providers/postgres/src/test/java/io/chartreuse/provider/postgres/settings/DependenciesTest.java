package io.chartreuse.provider.postgres.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DependenciesTest {

    @Test
    void aDatabaseComesAfterTheLongestRowBeforeIt() {
        Dependencies dependencies =
                new Dependencies(Map.of("a", List.of(), "b", List.of("a"), "c", List.of("a", "b"), "d", List.of()));

        assertEquals(List.of(), dependencies.problems());
        assertEquals(
                List.of(0, 1, 2, 0),
                List.of("a", "b", "c", "d").stream().map(dependencies::orderOf).toList());
    }

    @Test
    void unknownNamesItselfAndCirclesAreToldAllAtOnceWithTheirPlaces() {
        Dependencies dependencies = new Dependencies(Map.of(
                "a", List.of("c"),
                "b", List.of("a"),
                "c", List.of("b"),
                "d", List.of("a", "nobody"),
                "e", List.of("e")));

        assertEquals(
                List.of(
                        "/postgres/databases/d/after/1 Database d is to come after nobody, but there is no such database.",
                        "/postgres/databases/e/after/0 Database e is to come after itself.",
                        "/postgres/databases/b/after/0 Databases wait for each other in a circle: a after c after b after a."),
                dependencies.problems().stream().map(DependenciesTest::said).toList());
        dependencies
                .problems()
                .forEach(problem -> assertEquals(64, problem.code().type().exitCode()));
    }

    private static String said(Diagnostic problem) {
        return problem.location().orElseThrow() + " " + problem.summary();
    }
}
