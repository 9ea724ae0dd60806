/**
 * What Patroni's REST API says of a cluster, read with GET only, as values. Bounded in time, tolerant of unknown and
 * missing fields and of the words of Patroni 2, 3 and 4. Does not judge what it finds: {@code gate} does.
 */
package io.chartreuse.provider.patroni.rest;
