package io.chartreuse.provider.kubernetes.workload;

/** Numbers of things, for people. */
final class CountText {

    private CountText() {}

    /** {@code 1 pod}, {@code 3 pods}. */
    static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
