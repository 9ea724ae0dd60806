package io.chartreuse.provider.postgres.alembic;

import java.util.List;

/**
 * The result of a process.
 *
 * @param exit   its exit code; above 128 where a signal ended it
 * @param lines  of its standard output
 * @param errors the last lines of its standard error
 */
record Output(int exit, List<String> lines, List<String> errors) {

    Output {
        lines = List.copyOf(lines);
        errors = List.copyOf(errors);
    }

    boolean succeeded() {
        return exit == 0;
    }
}
