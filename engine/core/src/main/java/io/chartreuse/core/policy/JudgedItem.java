package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.spi.model.Address;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One thing that has to satisfy a rule.
 *
 * @param document what the rule's schema sees: the SQL that runs
 * @param shown    the same for people: its secrets are masked
 * @param address  the resource that it belongs to
 * @param script   the migration that it is
 */
record JudgedItem(ObjectNode document, Supplier<ObjectNode> shown, Optional<Address> address, Optional<String> script) {
    JudgedItem {
        Objects.requireNonNull(document, "document");
        Objects.requireNonNull(shown, "shown");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(script, "script");
    }
}
