package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;

/** A rule's schema, ready for use. What it asks for is bounded: its patterns take so many steps, and it refers to itself so deep. */
final class RuleSchema {

    private final Schema schema;
    private final BoundedPatterns patterns;

    RuleSchema(Schema schema, BoundedPatterns patterns) {
        this.schema = schema;
        this.patterns = patterns;
    }

    /** Whether a document satisfies a schema is not known. */
    static final class Undecided extends Exception {

        private static final long serialVersionUID = 1;

        Undecided(String why) {
            super(why, null, false, false);
        }
    }

    /** What of a document does not satisfy it; empty where all does. @throws Undecided where that takes too long */
    List<Error> validate(JsonNode document) throws Undecided {
        patterns.begin();
        try {
            return schema.validate(document);
        } catch (BoundedPatterns.TooLong e) {
            throw new Undecided(e.getMessage());
        } catch (StackOverflowError e) {
            throw new Undecided("its schema refers to itself without end, or a pattern goes too deep");
        }
    }

    /** Whether it asks for a member of that name. */
    boolean names(String member) {
        return schema.getSchemaNode().toString().contains('"' + member + '"');
    }
}
