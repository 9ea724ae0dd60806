package io.chartreuse.provider.patroni.settings;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a member's REST API is.
 *
 * @param base scheme (http or https), host and port, perhaps a path prefix without a slash at its end
 */
public record Endpoint(URI base) {

    public Endpoint {
        boolean http = "http".equals(base.getScheme()) || "https".equals(base.getScheme());
        if (!http || base.getHost() == null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("not a base URL of a REST API");
        }
        if (base.getRawUserInfo() != null) {
            throw new IllegalArgumentException("a URL must not hold a user or password");
        }
    }

    /**
     * Reads a base URL.
     *
     * @throws IllegalArgumentException where it is not a base URL; the message does not repeat the text, which may hold
     *     a secret
     */
    public static Endpoint parse(String text) {
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        try {
            return new Endpoint(new URI(base));
        } catch (URISyntaxException e) {
            // Without the cause: its message repeats the text.
            throw new IllegalArgumentException("not a URL");
        }
    }

    /** The URL of a resource below the base; {@code path} begins with a slash. */
    public URI at(String path) {
        return URI.create(base + path);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
