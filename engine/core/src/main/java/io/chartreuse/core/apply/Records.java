package io.chartreuse.core.apply;

import io.chartreuse.spi.backend.Journal;

/** How runs are written, and which of those that are on record are believed. */
public interface Records {

    /** As they are; what is there is believed as far as the world bears it out. */
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
