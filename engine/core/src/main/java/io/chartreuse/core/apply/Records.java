package io.chartreuse.core.apply;

import io.chartreuse.spi.backend.Journal;

/** How runs are written, and which recorded runs are trusted. */
public interface Records {

    /**
     * Writes records unchanged, and trusts every record in the backend; the run still compares it with the real
     * resources.
     */
    Records PLAIN = new Records() {
        @Override
        public Journal through(Journal journal) {
            return journal;
        }

        @Override
        public boolean believes(String document) {
            return true;
        }
    };

    /** The journal that the run is written to. */
    Journal through(Journal journal);

    /** Whether a run may go on from this record, and is done because it says so. */
    boolean believes(String document);
}
