/**
 * The documents that {@code --output json} prints, beside plans and runs. Each has its schema in
 * {@code /io/chartreuse/schemas/output}. Minor changes only add fields.
 */
package io.chartreuse.cli.document;
