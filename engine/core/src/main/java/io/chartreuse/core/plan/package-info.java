/**
 * The plan: its model, its document, and the planner that orders changes into stages. Pure: no input, no output; the
 * creation time is a parameter.
 */
package io.chartreuse.core.plan;
