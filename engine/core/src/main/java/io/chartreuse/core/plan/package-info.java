/**
 * The plan: its model, its document, and the planner that orders changes into stages. Pure: no input, no output; the
 * time of making is handed in.
 */
package io.chartreuse.core.plan;
