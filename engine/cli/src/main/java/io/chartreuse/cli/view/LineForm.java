package io.chartreuse.cli.view;

/** What becomes of a text before it is written to a stream. */
@FunctionalInterface
public interface LineForm {

    /** How grave a text is. */
    enum Weight {
        INFO,
        WARN,
        ERROR
    }

    /** The text as it is. */
    LineForm AS_IT_IS = (text, weight) -> text;

    /** What is written in its place; nothing, where it is empty. */
    String of(String text, Weight weight);
}
