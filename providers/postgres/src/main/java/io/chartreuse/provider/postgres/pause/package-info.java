/** The wait between two attempts, for every part of this module that retries. Uses nothing else of this module. */
package io.chartreuse.provider.postgres.pause;
