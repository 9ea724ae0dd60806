package io.chartreuse.cli.legacy;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Patroni's REST API is, which the earlier tool did not ask: {@code URL} for all databases, {@code NAME=URL} for one. */
public final class PatroniEndpoints {

    static final String VARIABLE = "CHARTREUSE_PATRONI_ENDPOINTS";

    private static final Pattern ENDPOINT = Pattern.compile("(?:([^=/]+)=)?(https?://[A-Za-z0-9._\\[\\]:-]+/?)");

    private PatroniEndpoints() {}

    /**
     * What {@code CHARTREUSE_PATRONI_ENDPOINTS} says, with commas or blanks between.
     *
     * @throws ChartreuseException where it makes no sense
     */
    public static Map<String, List<String>> of(Map<String, String> environment) {
        String all = environment.getOrDefault(VARIABLE, "").strip();
        return of(all.isEmpty() ? List.of() : Arrays.asList(all.split("[,\\s]+")));
    }

    /**
     * By the database's name; under the empty name for those that are not named.
     *
     * @throws ChartreuseException where one makes no sense
     */
    public static Map<String, List<String>> of(List<String> words) {
        Map<String, List<String>> endpoints = new TreeMap<>();
        for (String word : words) {
            Matcher matcher = ENDPOINT.matcher(word);
            if (!matcher.matches()) {
                throw new ChartreuseException(Diagnostic.error(
                        LegacyError.SETTING_INVALID,
                        "what should say where Patroni's REST API is does not (--patroni-endpoint, " + VARIABLE + ")",
                        "Write http://HOST:8008, or DATABASE=http://HOST:8008; without user and password."));
            }
            String database = matcher.group(1) == null ? "" : matcher.group(1);
            endpoints.computeIfAbsent(database, name -> new ArrayList<>()).add(matcher.group(2));
        }
        return endpoints;
    }
}
