package io.chartreuse.core.refresh;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Resource;
import java.util.List;

/**
 * What several providers found, as far as they could read.
 *
 * @param resources sorted by address
 * @param problems  of those that could not
 */
public record RefreshResult(List<Resource> resources, List<Diagnostic> problems) {
    public RefreshResult {
        resources = List.copyOf(resources);
        problems = List.copyOf(problems);
    }

    /**
     * The resources, where all of them could be read.
     *
     * @throws ChartreuseException with the problems of all providers that could not read their world
     */
    List<Resource> complete() {
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return resources;
    }
}
