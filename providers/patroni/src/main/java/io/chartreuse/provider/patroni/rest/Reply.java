package io.chartreuse.provider.patroni.rest;

/** The result of a request: an answer of any kind, or none. */
sealed interface Reply {

    /** Whether the request succeeded. */
    boolean isOk();

    /** The server answered. */
    record Answer(int status, String body) implements Reply {

        boolean ok() {
            return status == 200;
        }

        @Override
        public boolean isOk() {
            return ok();
        }

        /** Whether this client or user is refused. */
        boolean isForbidden() {
            return status == 401 || status == 403;
        }
    }

    /** Why there was no answer. */
    enum Cause {
        /** No server was reached. */
        NOBODY,
        /** A server was there, and TLS could not be agreed on with it. */
        TLS,
        /** A server closed the connection or did not answer. */
        SILENT
    }

    /**
     * No answer.
     *
     * @param reason for people, the same text each time: {@code connection refused}
     */
    record Silence(String reason, Cause cause) implements Reply {

        @Override
        public boolean isOk() {
            return false;
        }
    }
}
