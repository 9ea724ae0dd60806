package io.chartreuse.provider.patroni.probe;

/** The steps of a probe, in order; names the step that failed. */
enum ProbeStep {
    CONNECT,
    ASK_FOR_RECOVERY,
    BECOME_OWNER,
    CREATE,
    BECOME_WRITER,
    INSERT,
    BECOME_READER,
    SELECT
}
