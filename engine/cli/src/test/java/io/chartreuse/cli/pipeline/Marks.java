package io.chartreuse.cli.pipeline;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Secrets that are known wherever they show. */
final class Marks {

    /** No other test has it: the processes of those that run beside are seen, too. */
    static final String MARK = "wAtch3d";

    static final String FLYWAY = MARK + " S\"ecr'et/ä%&";
    static final String ALEMBIC = MARK + "-al@mb/c:2";
    static final String TOKEN = MARK + "-t0ken-of-the-kubeconfig";
    static final String REST = MARK + "-r3st";

    private Marks() {}

    /** @param key a private key in Base64; its head is that of any other */
    static List<String> forms(String key) {
        List<String> forms = new ArrayList<>(List.of(MARK, key.substring(22)));
        for (String secret : List.of(FLYWAY, ALEMBIC, TOKEN, REST)) {
            forms.add(URLEncoder.encode(secret, StandardCharsets.UTF_8));
            for (String before : List.of("", "x", "xy")) {
                String base64 = Base64.getEncoder().encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
                forms.add(base64.substring(4, base64.length() - 4));
            }
        }
        return forms;
    }
}
