package io.chartreuse.core.json;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON Canonicalization Scheme, RFC 8785: the same value is always the same text, so its digest identifies it. Keys
 * are sorted by their UTF-16 code units, numbers are written as ECMAScript writes them, nothing is escaped that need not
 * be.
 */
public final class CanonicalJson {

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * The canonical text of a value.
     *
     * @throws IllegalArgumentException where the value holds what JSON cannot say: a lone surrogate, a number that is
     *                                  not finite, or an integer that a double cannot hold
     */
    public static String write(JsonNode value) {
        CanonicalJson writer = new CanonicalJson();
        writer.value(value);
        return writer.out.toString();
    }

    private void value(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> object(value);
            case ARRAY -> array(value);
            case STRING -> string(value.textValue());
            case NUMBER -> out.append(number(value));
            case BOOLEAN, NULL -> out.append(value.asText());
            default -> throw new IllegalArgumentException("not a JSON value: " + value.getNodeType());
        }
    }

    private void object(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        keys.sort(null); // String's own order is that of UTF-16 code units, as the RFC asks for
        out.append('{');
        for (int i = 0; i < keys.size(); i++) {
            comma(i);
            string(keys.get(i));
            out.append(':');
            value(object.get(keys.get(i)));
        }
        out.append('}');
    }

    private void array(JsonNode array) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            comma(i);
            value(array.get(i));
        }
        out.append(']');
    }

    private void comma(int index) {
        if (index > 0) {
            out.append(',');
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text, i);
        }
        out.append('"');
    }

    private void character(String text, int index) {
        char c = text.charAt(index);
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                refuseLoneSurrogate(text, index);
                out.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
    }

    private static void refuseLoneSurrogate(String text, int index) {
        char c = text.charAt(index);
        boolean paired = Character.isHighSurrogate(c)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
        if (Character.isSurrogate(c) && !paired) {
            throw new IllegalArgumentException("a lone surrogate at index " + index + " of a text");
        }
    }

    private static String number(JsonNode value) {
        double number = value.doubleValue();
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new IllegalArgumentException("not a JSON number: " + number);
        }
        if (value.isIntegralNumber() && new BigDecimal(number).compareTo(value.decimalValue()) != 0) {
            throw new IllegalArgumentException("an integer that a double cannot hold: " + value);
        }
        return ecmaScript(number);
    }

    /** ECMA-262, Number::toString: the shortest digits that read back as the same double, in its notation. */
    private static String ecmaScript(double number) {
        if (number == 0) {
            return "0";
        }
        BigDecimal shortest = shortest(Math.abs(number));
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale();
        return (number < 0 ? "-" : "") + notation(digits, point);
    }

    /** Java writes two digits at least (4.9E-324), ECMAScript one where one is enough (5e-324). */
    private static BigDecimal shortest(double number) {
        BigDecimal java = new BigDecimal(DoubleToDecimal.toString(number)).stripTrailingZeros();
        BigDecimal oneDigit = java.round(new MathContext(1));
        return java.precision() == 2 && oneDigit.doubleValue() == number ? oneDigit.stripTrailingZeros() : java;
    }

    private static String notation(String digits, int point) {
        int count = digits.length();
        if (point > 21 || point <= -6) {
            String exponent = (point > 0 ? "+" : "-") + Math.abs(point - 1);
            String fraction = count == 1 ? "" : "." + digits.substring(1);
            return digits.charAt(0) + fraction + "e" + exponent;
        }
        if (point <= 0) {
            return "0." + "0".repeat(-point) + digits;
        }
        return count <= point
                ? digits + "0".repeat(point - count)
                : digits.substring(0, point) + "." + digits.substring(point);
    }
}
