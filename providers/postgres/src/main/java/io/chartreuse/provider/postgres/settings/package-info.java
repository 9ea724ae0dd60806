/**
 * The configuration's section as values. Belongs here: what a person wrote, checked as far as it can be without
 * touching the world. Does not belong here: connections, files.
 */
package io.chartreuse.provider.postgres.settings;
