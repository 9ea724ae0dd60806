/** Time that passes between two attempts, whoever makes them. Uses nothing else of this module. */
package io.chartreuse.provider.postgres.pause;
