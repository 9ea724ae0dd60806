/**
 * The values that the engine, providers and backends exchange: resources, changes, migrations, diagnostics, secrets; and
 * what both providers and backends can offer. Nothing here reads or writes anything outside of the process.
 */
package io.chartreuse.spi.model;
