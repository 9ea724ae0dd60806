package io.chartreuse.provider.kubernetes.artifact;

import io.chartreuse.spi.text.Sha256;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and label values that Kubernetes admits, whatever a release or a run is called. Pure. */
final class ArtifactNames {

    private static final String DIGEST_PREFIX = "sha256:";
    private static final int DIGEST_SHOWN = 40;
    private static final int LONGEST = 63;
    private static final int KEPT = 40;
    private static final int SUFFIX = 12;
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private ArtifactNames() {}

    /** The name of an artifact's ConfigMap: {@code chartreuse-plan-shop.6f0c…}. The dot keeps release and id apart. */
    static String configMap(ArtifactKind kind, String release, String id) {
        return "chartreuse-" + kind.word() + "-" + label(release) + "." + label(id);
    }

    /** The name of a part's ConfigMap; it says what is in it, so that a part never has to change. */
    static String part(String index, byte[] content) {
        return index + ".part-" + hex(Sha256.of(content)).substring(0, SUFFIX);
    }

    /** The name of a release's Lease: {@code chartreuse-shop}. */
    static String lease(String release) {
        return "chartreuse-" + label(release);
    }

    /**
     * The text as a DNS label, which is also a valid label value. A valid label stays as it is, and a digest is
     * shortened. In any other text invalid characters are replaced, and a digest of the whole text keeps different
     * texts apart.
     */
    static String label(String text) {
        if (text.startsWith(DIGEST_PREFIX) && text.length() > DIGEST_PREFIX.length() + DIGEST_SHOWN) {
            return label(hex(text).substring(0, DIGEST_SHOWN));
        }
        if (text.length() <= LONGEST && DNS_LABEL.matcher(text).matches()) {
            return text;
        }
        String cleaned =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String kept = cleaned.substring(0, Math.min(KEPT, cleaned.length()));
        return "x" + (kept.isEmpty() ? "" : "-" + kept) + "-"
                + hex(Sha256.of(text)).substring(0, SUFFIX);
    }

    private static String hex(String digest) {
        return digest.substring(DIGEST_PREFIX.length());
    }
}
