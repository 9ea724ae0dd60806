package io.chartreuse.provider.patroni.rest;

/** What came of a request: an answer, whatever it says, or none. */
sealed interface Reply {

    /** The server answered. */
    record Answer(int status, String body) implements Reply {

        boolean ok() {
            return status == 200;
        }
    }

    /**
     * No answer.
     *
     * @param reason    for people, the same text each time: {@code connection refused}
     * @param connected whether somebody was there, who then closed the connection or kept silent
     */
    record Silence(String reason, boolean connected) implements Reply {}
}
