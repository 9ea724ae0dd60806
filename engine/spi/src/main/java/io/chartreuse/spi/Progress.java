package io.chartreuse.spi;

/** Where a step says how far it is. Calls are cheap and may come from any thread; none of them throws. */
@FunctionalInterface
public interface Progress {

    /** A progress that nobody watches. */
    Progress NONE = message -> {};

    /** What is being done or awaited now, in one line, without secrets: {@code 3 pods left: web-1, web-2, web-3}. */
    void report(String message);
}
