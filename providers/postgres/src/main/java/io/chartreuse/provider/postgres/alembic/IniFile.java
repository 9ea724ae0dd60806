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
 * A file as Python's {@code configparser} reads it, changed at one place and left to the byte as it is everywhere else.
 * A value.
 */
final class IniFile {

    /** What every other section has as well. */
    static final String DEFAULT = "DEFAULT";

    private static final Pattern SECTION = Pattern.compile("^\\[([^\\]]+)\\].*", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("^([^\\s#;\\[:=][^:=]*?)\\s*[:=]\\s*(.*?)\\s*$");

    private final List<String> lines;

    private IniFile(List<String> lines) {
        this.lines = List.copyOf(lines);
    }

    /** Every byte is a character of its own, so that any encoding goes through unharmed. */
    static IniFile of(byte[] content) {
        return new IniFile(List.of(new String(content, StandardCharsets.ISO_8859_1).split("\n", -1)));
    }

    byte[] content() {
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean hasSection(String section) {
        return start(section).isPresent();
    }

    /** The first line of an option's value, as it is written there; {@code %} not interpolated. */
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

    /** As a value that means itself. */
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

    /** A value goes on in the lines below it that are indented. */
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
