package io.chartreuse.spi.model;

import java.util.Objects;

/**
 * One leftover to remove, so that a resource can be planned again.
 *
 * @param address what it belongs to
 * @param name    which one, unique in its resource, for commands: {@code index public.orders_customer}
 * @param action  what would be done, in one line: {@code drop the invalid index public.orders_customer on orders}
 * @param reason  why, in one line: {@code left by V7__index.sql, which failed}
 * @param certain whether it is known to come from what failed; otherwise it is only done if a person named it
 */
public record Repair(Address address, String name, String action, String reason, boolean certain) {
    public Repair {
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(reason, "reason");
        if (name.isBlank() || action.isBlank()) {
            throw new IllegalArgumentException(address + ": a repair needs a name and an action");
        }
    }
}
