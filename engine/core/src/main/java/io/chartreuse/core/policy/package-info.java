/**
 * Rules that a plan must keep: read from the user's files, evaluated when a plan is made and again before it is
 * executed. Judging is pure; only {@link io.chartreuse.core.policy.PolicyFile} reads. Who may do what, and whether a
 * plan is fresh, are not decided here.
 */
package io.chartreuse.core.policy;
