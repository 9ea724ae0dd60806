package io.chartreuse.core.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.chartreuse.core.json.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Differ and planner over the golden files; see {@link Golden}. */
class GoldenPlanTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(GoldenPlanTest.class.getResourceAsStream("/io/chartreuse/schemas/plan.schema.json"));

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

    @ParameterizedTest
    @MethodSource("io.chartreuse.core.plan.Golden#cases")
    void thePlanFitsItsSchema(String name) {
        assertEquals(List.of(), SCHEMA.validate(Golden.made(name).document()));
    }
}
