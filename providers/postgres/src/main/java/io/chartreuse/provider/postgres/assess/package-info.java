/**
 * What is decided about a database: where it is to go, why, whether it still is as planned. Pure: values in, values
 * out.
 */
package io.chartreuse.provider.postgres.assess;
