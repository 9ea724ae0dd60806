package io.chartreuse.provider.postgres.alembic;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Major and minor version of Alembic. */
record AlembicVersion(int major, int minor) {

    private static final Pattern NUMBERS = Pattern.compile("^(\\d{1,4})\\.(\\d{1,4}).*");

    static Optional<AlembicVersion> of(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.matches()
                ? Optional.of(
                        new AlembicVersion(Integer.parseInt(numbers.group(1)), Integer.parseInt(numbers.group(2))))
                : Optional.empty();
    }

    /** As {@code alembic --version} prints it: {@code alembic 1.8.1}. */
    static Optional<AlembicVersion> said(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().replaceFirst("^\\S+ ", ""))
                .flatMap(text -> of(text).stream())
                .findFirst();
    }

    /** Whether it is older than 1.8. */
    boolean isTooOld() {
        return major < 1 || major == 1 && minor < 8;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
