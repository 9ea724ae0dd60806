package io.chartreuse.core.secret;

import io.chartreuse.spi.model.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the passwords in a secret that is a URL: a message may contain a password without the rest of the URL. Pure.
 */
final class PasswordsInUrl {

    private static final Pattern PASSWORD =
            Pattern.compile("(?<=://[^/?@:]{0,200}:)[^/?@]+(?=@)|(?<=[?&](?:ssl)?password=)[^&]+");

    private PasswordsInUrl() {}

    /** As they stand there and decoded. */
    static List<Secret> in(String text) {
        return text.contains("://")
                ? PASSWORD.matcher(text)
                        .results()
                        .flatMap(found -> Stream.of(found.group(), decoded(found.group())))
                        .distinct()
                        .map(Secret::new)
                        .toList()
                : List.of();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
