/**
 * Who allows a plan to be applied: keys, signatures of plan ids, and the rule that counts them. Private keys are read
 * here to sign, and are kept nowhere. What is signed is the text of the plan's id; the id is the digest of the plan.
 */
package io.chartreuse.core.approval;
