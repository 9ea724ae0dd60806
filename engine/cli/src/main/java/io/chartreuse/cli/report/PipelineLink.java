package io.chartreuse.cli.report;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;

/**
 * The web page of the pipeline that ran Chartreuse, from the variables of its CI system. Only a web address becomes a
 * link: any process may have set these variables.
 */
final class PipelineLink {

    private PipelineLink() {}

    static Optional<String> of(Map<String, String> pipeline) {
        return Optional.ofNullable(pipeline.get("url"))
                .or(() -> ofGithub(pipeline))
                .filter(PipelineLink::isWeb);
    }

    private static Optional<String> ofGithub(Map<String, String> pipeline) {
        boolean known = pipeline.containsKey("repository") && pipeline.containsKey("run");
        return "github".equals(pipeline.get("system")) && known
                ? Optional.of(pipeline.getOrDefault("server", "https://github.com") + "/" + pipeline.get("repository")
                        + "/actions/runs/" + pipeline.get("run"))
                : Optional.empty();
    }

    /** A web address without a user name, which could come with a password. */
    static boolean isWeb(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getUserInfo() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
