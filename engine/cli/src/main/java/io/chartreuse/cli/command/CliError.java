package io.chartreuse.cli.command;

import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;

/** What can go wrong with a command line. */
public enum CliError implements ErrorCode {
    /** A fault in Chartreuse. */
    FAULT("cli.fault", ErrorType.INTERNAL),
    /** The user was asked and did not say yes. */
    NOT_APPROVED("cli.not-approved", ErrorType.REFUSED),
    /** The input ended at a question. */
    UNANSWERED("cli.unanswered", ErrorType.USER),
    /** No terminal is there to ask the user on. */
    NOBODY_TO_ASK("cli.nobody-to-ask", ErrorType.USER),
    /** The lock's holder may be alive. */
    HOLDER_ALIVE("cli.holder-alive", ErrorType.LOCKED),
    /** The command was ended before it touched anything. */
    STOPPED("cli.stopped", ErrorType.EXTERNAL),
    /** The command line makes no sense. */
    USAGE("cli.usage", ErrorType.USER),
    /** The chart that runs this was written for another version. */
    OTHER_VERSION("cli.other-version", ErrorType.USER),
    /** The chart's version is malformed. */
    VERSION_MALFORMED("cli.version-malformed", ErrorType.USER),
    /** One word names two plans. */
    AMBIGUOUS_PLAN("cli.ambiguous-plan", ErrorType.USER),
    /** The file that is to be written is there already. */
    FILE_EXISTS("cli.file-exists", ErrorType.USER),
    /** The command needed more memory than the process may have. */
    OUT_OF_MEMORY("cli.out-of-memory", ErrorType.EXTERNAL),
    /** What was printed could not be written. */
    OUTPUT_LOST("cli.output-lost", ErrorType.EXTERNAL);

    private final String code;
    private final ErrorType type;

    CliError(String code, ErrorType type) {
        this.code = code;
        this.type = type;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorType type() {
        return type;
    }
}
