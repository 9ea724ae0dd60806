package io.chartreuse.provider.postgres.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Normalizes definitions, so that they stay the same when they are dumped and restored. The server renders {@code name
 * IN ('a', 'b')} of a varchar as a cast of the array, and its own text, when it is read back, as casts of the elements.
 */
final class StableText {

    private static final String ELEMENT = "'[^']*+(?:''[^']*+)*+'::character varying";
    private static final Pattern CAST_ARRAY =
            Pattern.compile("\\(ARRAY\\[(" + ELEMENT + "(?:, " + ELEMENT + ")*+)\\]\\)::text\\[\\]");
    private static final Pattern ONE = Pattern.compile(ELEMENT);

    private StableText() {}

    static String of(String definition) {
        return CAST_ARRAY
                .matcher(definition)
                .replaceAll(array -> Matcher.quoteReplacement(
                        "ARRAY[" + ONE.matcher(array.group(1)).replaceAll("($0)::text") + "]"));
    }
}
