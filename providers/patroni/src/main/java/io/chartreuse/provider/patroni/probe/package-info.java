/**
 * Whether PostgreSQL itself is as a release needs it: roles and default privileges are there, writes are taken. What is
 * tried is in one place ({@code Probe}), what a failure means in another ({@code Diagnosis}).
 */
package io.chartreuse.provider.patroni.probe;
