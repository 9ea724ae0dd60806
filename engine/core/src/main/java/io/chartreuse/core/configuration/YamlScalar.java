package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Turns a YAML scalar into a JSON value by its tag. */
final class YamlScalar {

    /** Up to here a double, which is what JSON's canonical form knows, holds every whole number. */
    private static final int EXACT_BITS = 53;

    private YamlScalar() {}

    /** The value; empty where the tag is not one of the core's or does not fit the text. */
    static Optional<JsonNode> read(ScalarNode scalar) {
        try {
            return Optional.ofNullable(value(scalar.getTag(), scalar.getValue()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static JsonNode value(Tag tag, String text) {
        if (tag.equals(Tag.STR) || tag.equals(Tag.MERGE)) {
            return wellFormed(text) ? TextNode.valueOf(text) : null;
        }
        if (tag.equals(Tag.NULL)) {
            return NullNode.getInstance();
        }
        if (tag.equals(Tag.BOOL)) {
            return truth(text.toLowerCase(Locale.ROOT));
        }
        if (tag.equals(Tag.INT)) {
            return whole(integer(text));
        }
        return tag.equals(Tag.FLOAT) ? decimal(text) : null;
    }

    private static JsonNode truth(String text) {
        return text.equals("true") || text.equals("false") ? BooleanNode.valueOf(text.equals("true")) : null;
    }

    private static BigInteger integer(String text) {
        if (text.startsWith("0o")) {
            return new BigInteger(text.substring(2), 8);
        }
        return text.startsWith("0x") ? new BigInteger(text.substring(2), 16) : new BigInteger(text);
    }

    private static JsonNode whole(BigInteger number) {
        if (number.bitLength() < Integer.SIZE) {
            return IntNode.valueOf(number.intValue());
        }
        return number.bitLength() <= EXACT_BITS ? LongNode.valueOf(number.longValue()) : null;
    }

    /** Whether no half of a surrogate pair stands alone, as an escape can make it. */
    static boolean wellFormed(String text) {
        return text.codePoints().noneMatch(c -> Character.MIN_SURROGATE <= c && c <= Character.MAX_SURROGATE);
    }

    private static JsonNode decimal(String text) {
        double number = Double.parseDouble(text);
        return Double.isFinite(number) ? DoubleNode.valueOf(number) : null;
    }
}
