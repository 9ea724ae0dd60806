package io.chartreuse.core.configuration;

import java.util.Locale;

/** When databases migrate, seen from the deployment of the release. */
public enum Strategy {
    /** After it: the new pods stand; they are stopped, and started again behind the migration. */
    AFTER,
    /** Before it: the old pods are stopped; on an upgrade the deployment that follows brings the new ones. */
    BEFORE;

    /** The word that configuration, plans and output use. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
