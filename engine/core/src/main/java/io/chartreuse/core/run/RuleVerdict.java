package io.chartreuse.core.run;

import java.util.List;
import java.util.Objects;

/**
 * What a rule said of a run's plan before the run touched anything.
 *
 * @param rule     the rule's id
 * @param denies   whether it forbids what breaks it; else it warns
 * @param file     the name of the file that it stands in
 * @param digest   of that file, to the letter
 * @param warnings what it warned of, each with the resource that it concerns; empty where the plan keeps the rule
 */
public record RuleVerdict(String rule, boolean denies, String file, String digest, List<String> warnings) {
    public RuleVerdict {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(digest, "digest");
        warnings = List.copyOf(warnings);
    }

    /** What the plan that breaks it meets: {@code deny} or {@code warn}, as files of rules have it. */
    public String effect() {
        return denies ? "deny" : "warn";
    }
}
