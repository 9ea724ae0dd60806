package io.chartreuse.provider.patroni.probe;

/** What a probe does, in this order; says where one failed. */
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
