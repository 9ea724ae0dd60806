/**
 * Patroni's REST API as values. Requests are bounded in time, and reading tolerates unknown and missing fields and the
 * terms of Patroni 2, 3 and 4. Does not judge what it reads: {@code gate} does. Only the dynamic configuration is ever
 * changed, on behalf of {@code failover}.
 */
package io.chartreuse.provider.patroni.rest;
