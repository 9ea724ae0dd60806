package io.chartreuse.core.apply;

import io.chartreuse.core.run.Run;

/** A run as it was read, with the journal's mark for the next write. */
record StoredRun(Run run, String version) {}
