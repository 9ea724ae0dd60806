package io.chartreuse.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.chartreuse.core.json.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Differ and planner over the golden files; see {@link Golden}. */
class GoldenPlanTest {

    @ParameterizedTest
    @MethodSource("io.chartreuse.core.plan.Golden#cases")
    void thePlanIsAsTheGoldenFileSays(String name) {
        String made = Json.pretty(Golden.made(name).document());
        if (Boolean.getBoolean("golden.update")) {
            Golden.update(name, made);
        }
        assertEquals(Golden.plan(name), made);
    }

    @ParameterizedTest
    @MethodSource("io.chartreuse.core.plan.Golden#cases")
    void theSameInputGivesTheSameId(String name) {
        assertEquals(Golden.made(name).id(), Golden.made(name).id());
    }
}
