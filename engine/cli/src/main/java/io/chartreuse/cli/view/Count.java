package io.chartreuse.cli.view;

/** Numbers with their nouns. */
final class Count {

    private Count() {}

    /** {@code 1 database}, {@code 3 databases}. */
    static String of(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
