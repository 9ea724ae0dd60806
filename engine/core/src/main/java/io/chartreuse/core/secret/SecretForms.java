package io.chartreuse.core.secret;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The ways in which a secret may stand in a text. */
final class SecretForms {

    /** What is shorter could be part of any word. */
    private static final int SHORTEST_ENCODED = 6;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    private SecretForms() {}

    static Set<String> of(String plain) {
        Set<String> forms = new TreeSet<>();
        String literal = plain.replace("'", "''"); // as SQL quotes it
        for (String form : List.of(plain, literal, literal.replace("\\", "\\\\"))) {
            forms.add(form);
            forms.add(new String(JsonStringEncoder.getInstance().quoteAsString(form)));
        }
        String field = URLEncoder.encode(plain, StandardCharsets.UTF_8);
        String address = field.replace("+", "%20");
        List.of(field, address, address.replace("%7E", "~").replace("*", "%2A")).forEach(url -> {
            forms.add(url);
            forms.add(ESCAPE.matcher(url).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)));
        });
        forms.add(HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8)));
        base64(plain, forms);
        return forms;
    }

    /**
     * Base64 of a text that holds the secret somewhere ({@code user:password}): it looks different for each remainder
     * of three at which the secret begins, and its first and last character depend on its neighbours.
     */
    private static void base64(String plain, Set<String> forms) {
        byte[] secret = plain.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + secret.length];
            System.arraycopy(secret, 0, shifted, before, secret.length);
            int first = (before * 8 + 5) / 6;
            int end = shifted.length * 8 / 6;
            if (end - first >= SHORTEST_ENCODED) {
                forms.add(Base64.getEncoder().encodeToString(shifted).substring(first, end));
                forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(first, end));
            }
        }
        forms.add(Base64.getEncoder().encodeToString(secret));
        forms.add(Base64.getUrlEncoder().encodeToString(secret));
    }
}
