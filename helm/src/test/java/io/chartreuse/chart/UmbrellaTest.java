package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as a dependency of other charts, once and several times. */
class UmbrellaTest {

    @TempDir
    Path directory;

    /** An umbrella chart with these dependencies on the chart, by alias. */
    private Path umbrella(Path home, String name, String... aliases) {
        StringBuilder text = new StringBuilder("apiVersion: v2\nname: " + name + "\nversion: 1.0.0\ndependencies:\n");
        for (String alias : aliases) {
            text.append("  - {name: chartreuse, version: 1.0.0, alias: ")
                    .append(alias)
                    .append("}\n");
        }
        ChartFolder.write(home.resolve("Chart.yaml"), text.toString());
        ChartFolder.copy(home.resolve("charts/chartreuse"), Rendering::withoutHooks);
        return home;
    }

    private static String under(String key) {
        return key + ":\n" + Values.SHOP.indent(2);
    }

    @Test
    void twoOfOneReleaseHaveNamesOfTheirOwnAndHoldWorkloadsUnderThem() {
        Path chart = umbrella(directory.resolve("shop"), "shop", "orders", "reports");
        Manifests both = Rendering.render(chart, "shop", directory, under("orders"), under("reports"));
        assertEquals(26, both.deployedNames().size());
        assertEquals(26, both.names().stream().distinct().count());
        assertTrue(both.names().contains("Job/shop-orders-migrate"));
        assertTrue(both.names().contains("Job/shop-reports-migrate"));
        assertTrue(configuration(both, "shop-orders").contains("holder: shop-orders"));
        assertTrue(configuration(both, "shop-reports").contains("holder: shop-reports"));
        assertTrue(configuration(both, "shop-reports").contains("release: shop\n"));
    }

    @Test
    void namesDifferAlsoWhereTheReleaseIsCalledAsTheAliases() {
        Path chart = umbrella(directory.resolve("shop"), "shop", "a", "b");
        Manifests both = Rendering.render(chart, "a-b", directory, under("a"), under("b"));
        assertEquals(
                both.deployedNames().size(), both.names().stream().distinct().count());
    }

    @Test
    void aSingleOneHoldsWorkloadsUnderTheReleaseAsTheEarlierToolDid() {
        Path chart = umbrella(directory.resolve("shop"), "shop", "chartreuse");
        Manifests one = Rendering.render(chart, "shop", directory, under("chartreuse"));
        assertTrue(one.names().contains("Job/shop-chartreuse-migrate"));
        assertTrue(!configuration(one, "shop-chartreuse").contains("holder"));
    }

    @Test
    void twoBelowDifferentSubchartsDifferToo() {
        Path shop = directory.resolve("shop");
        ChartFolder.write(shop.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        umbrella(shop.resolve("charts/orders"), "orders", "chartreuse");
        umbrella(shop.resolve("charts/reports"), "reports", "chartreuse");
        Manifests both = Rendering.render(
                shop,
                "shop",
                directory,
                "orders:\n" + under("chartreuse").indent(2),
                "reports:\n" + under("chartreuse").indent(2));
        assertTrue(both.names()
                .containsAll(List.of("Job/shop-orders-chartreuse-migrate", "Job/shop-reports-chartreuse-migrate")));
        assertTrue(configuration(both, "shop-orders-chartreuse").contains("holder: shop-orders-chartreuse"));
    }

    @Test
    void longNamesAreShortenedAndStillDiffer() {
        String release = "a-release-whose-name-is-as-long-as-helm-permits-it-to";
        Path chart = umbrella(directory.resolve("shop"), "shop", "orders", "orders-of-long-ago");
        Manifests both = Rendering.render(chart, release, directory, under("orders"), under("orders-of-long-ago"));
        assertEquals(
                both.deployedNames().size(), both.names().stream().distinct().count());
        both.objects().forEach(object -> {
            String name = object.at("/metadata/name").asText();
            assertTrue(name.length() <= 57, name);
        });
    }

    private static String configuration(Manifests manifests, String name) {
        return manifests
                .object("ConfigMap/" + name + "-config")
                .at("/data/chartreuse.yaml")
                .asText();
    }
}
