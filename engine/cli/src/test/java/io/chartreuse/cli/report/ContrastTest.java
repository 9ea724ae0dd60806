package io.chartreuse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Text is readable by the rule of WCAG 2 (AA: 4.5 to 1), in light, dark and print. */
class ContrastTest {

    private static final Pattern PALETTE = Pattern.compile(":root \\{([^}]*)\\}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z]+): #([0-9a-f]{6});");

    private static List<Map<String, String>> palettes() throws IOException {
        try (InputStream in = RunPage.class.getResourceAsStream("report.css")) {
            Matcher palette = PALETTE.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<Map<String, String>> palettes = new ArrayList<>();
            while (palette.find()) {
                Map<String, String> colours = new HashMap<>();
                Matcher colour = COLOUR.matcher(palette.group(1));
                while (colour.find()) {
                    colours.put(colour.group(1), colour.group(2));
                }
                palettes.add(colours);
            }
            return palettes;
        }
    }

    private static double luminance(String colour) {
        double sum = 0;
        double[] weights = {0.2126, 0.7152, 0.0722};
        for (int i = 0; i < weights.length; i++) {
            double part = Integer.parseInt(colour.substring(2 * i, 2 * i + 2), 16) / 255.0;
            sum += weights[i] * (part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    @Test
    void everyColourOfTextStandsOutFromPageAndPanel() throws IOException {
        assertEquals(3, palettes().size());
        for (Map<String, String> palette : palettes()) {
            for (String text : List.of(
                    "text", "quiet", "link", "succeeded", "failed", "interrupted", "running", "unknown", "down")) {
                for (String ground : List.of("page", "panel")) {
                    double contrast = contrast(palette.get(text), palette.get(ground));
                    assertTrue(contrast >= 4.5, text + " on " + ground + ": " + contrast + " in " + palette);
                }
            }
        }
    }
}
