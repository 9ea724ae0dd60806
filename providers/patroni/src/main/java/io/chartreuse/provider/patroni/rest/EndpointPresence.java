package io.chartreuse.provider.patroni.rest;

/** What answers at a cluster's endpoints. Of two values, the later one is better. */
public enum EndpointPresence {
    /** No endpoint is known. */
    NOT_ASKED,
    /** No server answers. */
    NOBODY,
    /** A server answers that is not Patroni. */
    STRANGER,
    /** A server is there, and TLS cannot be agreed on with it. */
    UNTRUSTED,
    /** A server answers and refuses this client or user (401, 403). */
    REFUSING,
    /** Patroni answers, or a server that cannot answer at the moment (5xx). */
    PATRONI
}
