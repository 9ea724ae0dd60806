/** The configuration section as values: read once, checked, then passed on. No input or output. */
package io.chartreuse.provider.patroni.settings;
