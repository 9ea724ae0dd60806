/**
 * Executes a plan and nothing else: freshness first, then stage by stage, every step recorded before and after it, and
 * recovery as the plan says. Makes no choices that the plan does not hold.
 */
package io.chartreuse.core.apply;
