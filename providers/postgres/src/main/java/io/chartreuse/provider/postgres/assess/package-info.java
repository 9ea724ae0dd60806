/**
 * Decisions about a database: its target, the reason, and whether it is still as planned. Pure: values in, values out.
 */
package io.chartreuse.provider.postgres.assess;
