package io.chartreuse.core.policy;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import com.networknt.schema.regex.RegularExpressions;
import java.util.regex.Pattern;

/**
 * Regular expressions of one rule, which stop when they have looked at so many characters: the author of a migration may write
 * a statement that a pattern would need years for. Used by one thread at a time.
 */
final class BoundedPatterns implements RegularExpressionFactory {

    /** Some seconds. A pattern that goes through a statement once looks at each character some times. */
    private static final long MOST_STEPS = 1_000_000_000;

    private long steps;

    /** A pattern has looked at too many characters. */
    static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1;

        TooLong(String message) {
            super(message, null, false, false);
        }
    }

    /** Something else is judged. */
    void begin() {
        steps = 0;
    }

    @Override
    public RegularExpression getRegularExpression(String regex) {
        Pattern pattern = Pattern.compile(
                RegularExpressions.replaceLongformCharacterProperties(RegularExpressions.replaceDollarAnchors(regex)));
        return value -> find(pattern, value);
    }

    private boolean find(Pattern pattern, String value) {
        try {
            return pattern.matcher(new Counted(value)).find();
        } catch (StackOverflowError e) {
            throw new TooLong(
                    "its pattern " + pattern + " goes too deep on a text of " + value.length() + " characters");
        }
    }

    private final class Counted implements CharSequence {

        private final String text;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooLong("its patterns take too long on a text of " + text.length() + " characters");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
