package io.chartreuse.provider.postgres.benchmark;

import java.nio.file.Path;
import java.time.Duration;

/** A tool that can list what is pending, and apply it. */
interface Contestant {

    /** The time to list what is pending. */
    Duration plan(String url, Path migrations) throws Exception;

    /** The time to apply all that is pending. */
    Duration migrate(String url, Path migrations) throws Exception;
}
