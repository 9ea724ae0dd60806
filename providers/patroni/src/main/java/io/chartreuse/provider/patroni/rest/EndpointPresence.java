package io.chartreuse.provider.patroni.rest;

/** Who is at a cluster's endpoints. The later of two is the better news. */
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
    /** Patroni answers, or a server that says that it cannot at the moment (5xx). */
    PATRONI
}
