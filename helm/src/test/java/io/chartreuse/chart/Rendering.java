package io.chartreuse.chart;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * Renders a chart like {@code helm template}, with two things that helm-java lacks: hooks, and upgrades. It renders a
 * copy of the chart in which hooks are ordinary objects, and which treats every deployment as an upgrade, in a cluster
 * without objects of an earlier one. {@link InstallAndUpgradeTest} tests real installs and upgrades.
 */
final class Rendering {

    private static final String HOOK = "helm.sh/hook";
    private static final String NO_HOOK = "no-hook.chartreuse.io/hook";

    private Rendering() {}

    /** The chart alone, as release shop in namespace shop-prod. */
    static Manifests install(Path directory, String... values) {
        return chart(directory, Rendering::withoutHooks, values);
    }

    /** The same when the release is upgraded. */
    static Manifests upgrade(Path directory, String... values) {
        return chart(directory, Rendering::asUpgrade, values);
    }

    /** As {@link #install} in a cluster that serves all APIs that the chart asks for. */
    static Manifests installWithAllApis(Path directory, String... values) {
        return chart(
                directory,
                text -> withoutHooks(text).replace(".root.Capabilities.APIVersions.Has .api", "true"),
                values);
    }

    static String withoutHooks(String template) {
        return template.replace(HOOK, NO_HOOK);
    }

    static String asUpgrade(String template) {
        return withoutHooks(template)
                .replace(".Release.IsUpgrade", "true")
                .replace("lookup .apiVersion .kind .root.Release.Namespace .name", "dict");
    }

    private static Manifests chart(Path directory, UnaryOperator<String> edit, String... values) {
        Path chart = directory.resolve("chartreuse");
        ChartFolder.copy(chart, edit);
        return render(chart, "shop", directory, values);
    }

    /** A chart that stands somewhere, with each of these texts as a values file. */
    static Manifests render(Path chart, String release, Path directory, String... values) {
        TemplateCommand command = new Helm(chart)
                .template()
                .withName(release)
                .withNamespace("shop-prod")
                .withKubeVersion("1.33.0");
        for (int at = 0; at < values.length; at++) {
            Path file = directory.resolve("values-" + at + ".yaml");
            ChartFolder.write(file, values[at]);
            command.withValuesFile(file);
        }
        return new Manifests(command.call().replace(NO_HOOK, HOOK));
    }
}
