package io.chartreuse.core.configuration;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A YAML text as a tree with places. Scalars are typed by YAML 1.2's core schema; anchors, aliases and merge keys are
 * resolved; tags other than the core schema's are refused.
 *
 * @param located  the tree; where there are problems, without what they are about
 * @param problems what stands in the text and cannot be taken: duplicate keys, foreign tags
 */
public record YamlDocument(LocatedDocument located, List<Diagnostic> problems) {

    public YamlDocument {
        Objects.requireNonNull(located, "located");
        problems = List.copyOf(problems);
    }

    /**
     * Reads the text.
     *
     * @return empty where the text holds nothing but comments
     * @throws ChartreuseException where it is not YAML, or more than one document
     */
    public static Optional<YamlDocument> parse(ConfigurationText text) {
        return parse(text.name(), text.text());
    }

    static Optional<YamlDocument> parse(String file, String text) {
        try {
            return root(file, text).map(root -> {
                YamlTree tree = new YamlTree(file);
                return tree.read(root);
            });
        } catch (YAMLException e) {
            // Its message quotes the text, which may hold a secret: not even as a cause.
            throw new ChartreuseException(YamlSyntax.explain(file, text, e));
        }
    }

    private static Optional<Node> root(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        // YamlTree bounds what aliases may unfold to.
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setCodePointLimit(Integer.MAX_VALUE);
        Composer documents =
                new Composer(new ParserImpl(new StreamReader(text), options), new CoreSchemaResolver(), options);
        if (!documents.checkNode()) {
            return Optional.empty();
        }
        Node root = documents.getNode();
        if (documents.checkNode()) {
            throw severalDocuments(file, documents.getNode().getStartMark());
        }
        return Optional.of(root);
    }

    private static ChartreuseException severalDocuments(String file, Mark second) {
        return new ChartreuseException(Diagnostic.error(
                        ConfigurationError.CONFIGURATION_SYNTAX,
                        "a second document begins here, after `---`",
                        "Keep one document in the file, and one file a release.")
                .at(new Location(file, second.getLine() + 1, second.getColumn() + 1, "")));
    }
}
