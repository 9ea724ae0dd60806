package io.chartreuse.provider.postgres.alembic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file in the format of Python's {@code configparser}. An option can be changed, and all other bytes stay as they
 * are. An immutable value.
 */
final class IniFile {

    /** The section whose options apply to all others. */
    static final String DEFAULT = "DEFAULT";

    private static final Pattern SECTION = Pattern.compile("^\\[([^\\]]+)\\].*", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("^([^\\s#;\\[:=][^:=]*?)\\s*[:=]\\s*(.*?)\\s*$");

    private final List<String> lines;

    private IniFile(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Reads each byte as one character, so that any encoding is preserved. */
    static IniFile of(byte[] content) {
        return new IniFile(List.of(new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)));
    }

    byte[] content() {
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean hasSection(String section) {
        return start(section).isPresent();
    }

    /** The first line of an option's value, without interpolation of {@code %}. */
    Optional<String> value(String section, String option) {
        return place(section, option).stream()
                .mapToObj(index -> OPTION.matcher(lines.get(index)))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(2))
                .findFirst();
    }

    /** The same with the option set: in its place, or else at the section's beginning, or in a new section. */
    IniFile with(String section, String option, String value) {
        String line = option + " = " + literal(value);
        List<String> changed = new ArrayList<>(lines);
        OptionalInt place = place(section, option);
        OptionalInt start = start(section);
        if (place.isPresent()) {
            changed.subList(place.getAsInt(), end(place.getAsInt())).clear();
            changed.add(place.getAsInt(), line);
        } else if (start.isPresent()) {
            changed.add(start.getAsInt() + 1, line);
        } else {
            changed.addAll(0, List.of("[" + section + "]", line));
        }
        return new IniFile(changed);
    }

    /** The text with {@code %} escaped. */
    private static String literal(String value) {
        byte[] bytes = value.replace("%", "%%").getBytes(StandardCharsets.UTF_8);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private OptionalInt start(String section) {
        for (int index = 0; index < lines.size(); index++) {
            Matcher matcher = SECTION.matcher(lines.get(index));
            if (matcher.matches() && matcher.group(1).equals(section)) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    private OptionalInt place(String section, String option) {
        OptionalInt start = start(section);
        if (start.isEmpty()) {
            return start;
        }
        for (int index = start.getAsInt() + 1; index < lines.size(); index++) {
            if (SECTION.matcher(lines.get(index)).matches()) {
                break;
            }
            Matcher matcher = OPTION.matcher(lines.get(index));
            if (matcher.matches() && matcher.group(1).toLowerCase(Locale.ROOT).equals(option)) {
                return OptionalInt.of(index);
            }
        }
        return OptionalInt.empty();
    }

    /** The end of a value: indented lines below belong to it. */
    private int end(int place) {
        int end = place + 1;
        while (end < lines.size()
                && !lines.get(end).isBlank()
                && Character.isWhitespace(lines.get(end).charAt(0))) {
            end++;
        }
        return end;
    }
}
