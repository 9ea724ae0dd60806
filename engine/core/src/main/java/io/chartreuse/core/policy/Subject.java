package io.chartreuse.core.policy;

import java.util.List;
import java.util.Locale;

/** What a rule is about: whatever it is, it has to satisfy the rule's schema each time. */
enum Subject {
    /** The plan as a whole. */
    PLAN,
    /** Each change that does something. */
    CHANGE,
    /** Each pending migration, and each callback that runs around them. */
    MIGRATION;

    /** The members of the document that a rule's schema is applied to. */
    List<String> members() {
        return switch (this) {
            case PLAN -> List.of("plan", "context");
            case CHANGE -> List.of("change", "plan", "context");
            case MIGRATION -> List.of("migration", "change", "plan", "context");
        };
    }

    /** The word that files of rules use. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
