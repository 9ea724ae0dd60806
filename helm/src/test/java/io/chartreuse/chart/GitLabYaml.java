package io.chartreuse.chart;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML with GitLab's own tag: {@code !reference [JOB, KEY]} becomes the list that it names. */
final class GitLabYaml extends SafeConstructor {

    private GitLabYaml() {
        super(new LoaderOptions());
        yamlConstructors.put(new Tag("!reference"), new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
                return constructSequence((SequenceNode) node);
            }
        });
    }

    static Yaml reader() {
        return new Yaml(new GitLabYaml());
    }
}
