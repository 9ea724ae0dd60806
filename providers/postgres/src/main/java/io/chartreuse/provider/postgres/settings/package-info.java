/**
 * The configuration's section as values. Belongs here: the user's settings, checked as far as that needs no input or
 * output. Does not belong here: connections, files.
 */
package io.chartreuse.provider.postgres.settings;
