package io.chartreuse.provider.patroni.settings;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written as PostgreSQL writes it: {@code 16MB}, in powers of 1024.
 *
 * @param bytes not negative
 */
public record ByteSize(long bytes) {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(B|kB|MB|GB)");
    private static final List<String> UNITS = List.of("B", "kB", "MB", "GB");

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("not a size: " + bytes);
        }
    }

    /** @throws IllegalArgumentException where the text is not a size */
    public static ByteSize parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size (number and B, kB, MB or GB): \"" + text + "\"");
        }
        long unit = 1L << (10 * UNITS.indexOf(matcher.group(2)));
        return new ByteSize(Long.parseLong(matcher.group(1)) * unit);
    }

    /** The largest unit that holds it without a fraction: {@code 16MB}. */
    @Override
    public String toString() {
        long number = bytes;
        int unit = 0;
        while (number > 0 && number % 1024 == 0 && unit < UNITS.size() - 1) {
            number /= 1024;
            unit++;
        }
        return number + UNITS.get(unit);
    }
}
