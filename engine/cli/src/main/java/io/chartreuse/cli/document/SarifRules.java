package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.document.ErrorPages.ErrorPage;
import io.chartreuse.core.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The kinds of problems of a SARIF log, each with its help, in the order in which they are met. */
final class SarifRules {

    private final ErrorPages pages = ErrorPages.packaged();
    private final List<String> ids = new ArrayList<>();
    private final ArrayNode descriptors = Json.object().arrayNode();

    /**
     * Which of them this one is; it is added where it is new.
     *
     * @param otherwise its help where it is not documented: a rule of the user's, a code of a provider of their own
     */
    int index(String id, String level, ErrorPage otherwise) {
        if (!ids.contains(id)) {
            ids.add(id);
            descriptors.add(descriptor(id, level, pages.of(id).orElse(otherwise)));
        }
        return ids.indexOf(id);
    }

    ArrayNode descriptors() {
        return descriptors;
    }

    private static ObjectNode descriptor(String id, String level, ErrorPage page) {
        ObjectNode descriptor = Json.object().put("id", id);
        descriptor.putObject("shortDescription").put("text", id);
        descriptor.putObject("fullDescription").put("text", page.problem());
        ObjectNode help = descriptor.putObject("help");
        help.put("text", page.remedy().isBlank() ? page.problem() : page.remedy());
        if (!page.uri().isEmpty()) {
            help.put("markdown", page.problem() + "\n\n" + page.remedy()); // only what we wrote ourselves is Markdown
            descriptor.put("helpUri", page.uri());
        }
        descriptor.putObject("defaultConfiguration").put("level", level);
        return descriptor;
    }
}
