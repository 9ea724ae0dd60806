package io.chartreuse.cli.command;

import io.chartreuse.core.apply.RunObserver;
import io.chartreuse.core.apply.StopSignal;
import io.chartreuse.core.session.ApplyOptions;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a run is executed. */
final class RunOptions {

    @Option(
            names = "--parallelism",
            paramLabel = "N",
            defaultValue = "128",
            converter = Positive.class,
            description = "How many steps of a stage run at once. Default: ${DEFAULT-VALUE}.")
    private int parallelism;

    @Option(
            names = "--lock-timeout",
            paramLabel = "DURATION",
            defaultValue = "0s",
            converter = DurationOption.class,
            description = "How long to wait for another run that is alive (10s, 5m). Default: ${DEFAULT-VALUE}.")
    private Duration lockTimeout;

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationOption.class,
            description = "How long current steps may go on after SIGTERM or Ctrl-C. Default: ${DEFAULT-VALUE}.")
    private Duration grace;

    /** Those of a hook that takes no options: it waits for its turn. */
    static RunOptions ofHook() {
        RunOptions options = new RunOptions();
        options.parallelism = 128;
        options.lockTimeout = Duration.ofMinutes(10);
        options.grace = Duration.ofSeconds(20);
        return options;
    }

    Duration lockTimeout() {
        return lockTimeout;
    }

    Duration grace() {
        return grace;
    }

    ApplyOptions with(StopSignal stop, RunObserver observer) {
        return new ApplyOptions(parallelism, lockTimeout, stop, observer);
    }

    /** A whole number from 1. */
    static final class Positive implements ITypeConverter<Integer> {

        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-9][0-9]{0,4}")) {
                throw new TypeConversionException("'" + text + "' is not a whole number from 1 to 99999");
            }
            return Integer.valueOf(text);
        }
    }
}
