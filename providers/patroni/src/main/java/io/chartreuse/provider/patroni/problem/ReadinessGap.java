package io.chartreuse.provider.patroni.problem;

/**
 * One thing that a cluster lacks to be ready. Both texts are for people, hold no secret, and stay the same from look to
 * look as long as the same thing is missing: who waits reports changes only, and plans compare.
 *
 * @param what   what is missing: {@code role shop_reader_user does not exist}
 * @param remedy what to look at or to do about it
 */
public record ReadinessGap(String what, String remedy) {
    public ReadinessGap {
        if (what.isBlank() || remedy.isBlank()) {
            throw new IllegalArgumentException("what is missing needs a text and a remedy: \"" + what + "\"");
        }
    }
}
