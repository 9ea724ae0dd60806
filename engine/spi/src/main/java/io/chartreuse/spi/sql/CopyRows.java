package io.chartreuse.spi.sql;

/** The rows that follow a {@code COPY … FROM STDIN} in a script, from the next line to one that holds {@code \.} alone. */
public final class CopyRows {

    private static final int BROKEN = 3;

    private int matched;

    /** Reads one character. @return whether it is the last one of the rows */
    public boolean endWith(char c) {
        if (c == '\n') {
            boolean last = matched == 2;
            matched = 0;
            return last;
        }
        if (matched == 0 && c == '\\' || matched == 1 && c == '.') {
            matched++;
        } else if (c > ' ' || matched == 1) {
            matched = BROKEN;
        }
        return false;
    }

    /** Whether the text may end here, in the line that ends them. */
    public boolean isEnded() {
        return matched == 2;
    }
}
