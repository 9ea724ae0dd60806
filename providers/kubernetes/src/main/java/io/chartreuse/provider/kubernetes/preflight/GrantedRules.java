package io.chartreuse.provider.kubernetes.preflight;

import io.fabric8.kubernetes.api.model.authorization.v1.ResourceRule;
import java.util.List;

/**
 * The rules that the API server lists as granted to this account. The list may be incomplete, because some authorizers
 * cannot list their rules. Pure.
 */
record GrantedRules(List<ResourceRule> rules) {

    private static final String ANY = "*";

    GrantedRules {
        rules = List.copyOf(rules);
    }

    /** Whether a rule grants the right: on each object whatever its name, or on the one that the right names. */
    boolean grant(Right right) {
        return rules.stream().anyMatch(rule -> grants(rule, right));
    }

    private static boolean grants(ResourceRule rule, Right right) {
        return (rule.getResourceNames().isEmpty() || rule.getResourceNames().contains(right.name()))
                && has(rule.getVerbs(), right.verb())
                && has(rule.getApiGroups(), right.group())
                && (has(rule.getResources(), right.resource()) || grantsSubresource(rule, right));
    }

    /** Of all resources: {@code *}{@code /scale}. */
    private static boolean grantsSubresource(ResourceRule rule, Right right) {
        return !right.subresource().isEmpty() && rule.getResources().contains(ANY + "/" + right.subresource());
    }

    private static boolean has(List<String> granted, String wanted) {
        return granted.contains(wanted) || granted.contains(ANY);
    }
}
