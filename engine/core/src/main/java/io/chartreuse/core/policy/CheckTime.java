package io.chartreuse.core.policy;

import java.util.Locale;

/** When rules are looked at. */
public enum CheckTime {
    /** When the plan is made. */
    PLAN,
    /** Before it is executed. */
    APPLY;

    /** The word that files of rules use. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
