package io.chartreuse.cli.init;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;

/** The text of a first configuration, commented. Pure; whether it is valid is for the configuration's reader to say. */
public final class FirstConfiguration {

    private static final String WORDS = "(?i)true|false|yes|no|on|off|null|y|n";

    private FirstConfiguration() {}

    /** @param answers one for each question */
    public static String of(Map<Question, String> answers) {
        return """
                # yaml-language-server: $schema=chartreuse.schema.json
                # `chartreuse schema config > chartreuse.schema.json` writes the schema that the line above names: an editor
                # then completes, explains and checks this file. `chartreuse validate` checks it, too.
                version: 1
                release: %s
                # after: databases migrate when the new pods are deployed; before: they migrate first.
                strategy: %s
                # What becomes of stopped workloads when a run fails after a database has moved: hold or restore.
                onFailure: hold
                %s
                postgres:
                  databases:
                    %s:
                      url: %s
                      user: %s
                %s      # The role that owns what migrations create, where that is not the login role:
                      # role: shop_owner
                      migrations:
                %s%s""".formatted(
                        scalar(answers.get(Question.RELEASE)),
                        scalar(answers.get(Question.STRATEGY)),
                        backend(answers.get(Question.BACKEND)),
                        scalar(answers.get(Question.DATABASE)),
                        quoted(answers.get(Question.URL)),
                        scalar(answers.get(Question.USER)),
                        password(answers.get(Question.PASSWORD)),
                        migrations(answers.get(Question.TOOL), answers.get(Question.MIGRATIONS)),
                        workloads(answers.get(Question.BACKEND)));
    }

    private static String backend(String backend) {
        return switch (backend) {
            case "file" -> "# Plans, runs and the lock are kept in .chartreuse beside this file.\nbackend: file\n";
            case "kubernetes" ->
                "# Plans, runs and the lock are kept in the release's namespace: ConfigMaps and a Lease.\n"
                        + "backend: kubernetes\n";
            default -> "backend: " + scalar(backend) + "\n";
        };
    }

    /** Only where it is: the password itself never stands here. */
    private static String password(String reference) {
        if (reference.equals("none")) {
            return "      # Without a password here ~/.pgpass is used, or what PGPASSFILE names.\n";
        }
        int colon = reference.indexOf(':');
        return "      # Where the password is, never the password itself.\n      password: {"
                + reference.substring(0, colon) + ": " + quoted(reference.substring(colon + 1)) + "}\n";
    }

    private static String migrations(String tool, String place) {
        String where = tool.equals("alembic")
                ? "        # Relative to this file; Alembic runs there, and its alembic.ini is there.\n        directory: "
                        + quoted(place) + "\n"
                : "        # Relative to this file.\n        locations: [" + quoted(place) + "]\n";
        return "        tool: " + scalar(tool) + "\n" + where;
    }

    private static String workloads(String backend) {
        return backend.equals("kubernetes") ? """

                kubernetes:
                  workloads:
                    # The release's ExpectedDeploymentScales say what is stopped while databases migrate;
                    # `select` lists workloads by name or labels instead.
                    expectedDeploymentScales: true
                """ : """

                # To stop workloads while databases migrate, add a section kubernetes:
                # kubernetes:
                #   workloads: {select: [{kind: Deployment, name: web}]}
                """;
    }

    private static String scalar(String value) {
        boolean plain = value.matches("[A-Za-z][A-Za-z0-9_.-]*") && !value.matches(WORDS);
        return plain ? value : quoted(value);
    }

    /** A JSON string is one of YAML, too. */
    private static String quoted(String value) {
        return TextNode.valueOf(value).toString();
    }
}
