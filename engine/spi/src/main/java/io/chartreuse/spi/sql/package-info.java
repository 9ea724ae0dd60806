/**
 * Reads SQL as PostgreSQL's own scanner does, to find where a statement ends or what it says. Knows quotes, comments
 * and names; knows no grammar beyond what decides whether a semicolon ends a statement.
 */
package io.chartreuse.spi.sql;
