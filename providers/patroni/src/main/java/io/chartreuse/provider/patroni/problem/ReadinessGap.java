package io.chartreuse.provider.patroni.problem;

/**
 * One thing that a cluster lacks to be ready. Both texts are for people, hold no secret, and stay the same as long as
 * the same thing is missing: a wait reports changes only, and plans are compared.
 *
 * @param what   what is missing: {@code role shop_reader_user does not exist}
 * @param remedy what to check or to do
 */
public record ReadinessGap(String what, String remedy) {
    public ReadinessGap {
        if (what.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("what is missing needs a text and a remedy: \"" + what + "\"");
        }
    }
}
