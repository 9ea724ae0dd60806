package io.chartreuse.provider.postgres.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StableTextTest {

    @Test
    void anArrayThatIsCastIsTheSameAsItsElementsCast() {
        assertEquals(
                "CHECK (((a)::text = ANY (ARRAY[('x'::character varying)::text, ('it''s $1'::character varying)::text])))",
                StableText.of(
                        "CHECK (((a)::text = ANY ((ARRAY['x'::character varying, 'it''s $1'::character varying])::text[])))"));
    }

    @Test
    void anythingElseStaysAsItIs() {
        String text = "CHECK ((a = ANY (ARRAY['x'::text, 'y'::text])))";

        assertEquals(text, StableText.of(text));
    }
}
