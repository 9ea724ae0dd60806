package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The values for names and for the pod, including templates in them. */
class NamesAndPodsTest {

    @TempDir
    Path directory;

    private Manifests release(String name, String... values) {
        Path chart = directory.resolve("chartreuse");
        ChartFolder.copy(chart, Rendering::withoutHooks);
        return Rendering.render(chart, name, directory, values);
    }

    /** A YAML parser reads each of these as another type than text. */
    @ParameterizedTest
    @ValueSource(strings = {"4711", "1e3", "0x1f", "true", "null", "on", "2026-11-30"})
    void aNameThatLooksLikeSomethingElseStaysAText(String name) {
        String number = "fullnameOverride: '" + name + "'";
        for (String more : List.of("strategy: before", "strategy: after", number)) {
            Manifests manifests = release(name, Values.SHOP, more);
            for (JsonNode object : manifests.objects()) {
                assertTrue(object.at("/metadata/name").isTextual(), object::toString);
                object.at("/metadata/labels")
                        .properties()
                        .forEach(label -> assertTrue(label.getValue().isTextual(), label::toString));
                assertEquals(
                        name,
                        object.at("/metadata/labels/app.kubernetes.io~1instance")
                                .asText());
            }
        }
    }

    @Test
    void valuesThatNameThingsMaySayWhatTheReleaseIs() {
        Manifests manifests = release("blue", Values.SHOP, """
                image: {repository: "registry.example.com/{{ .Release.Name }}-migrations", tag: "{{ .Chart.Version }}"}
                serviceAccount: {name: "{{ .Release.Name }}-migrator", annotations: {role: "arn:{{ .Release.Namespace }}"}}
                config: {postgres: {databases: {main: {url: "jdbc:postgresql://{{ .Release.Name }}-pg:5432/shop"}}}}
                env:
                  SHOP_PG_PASSWORD: {valueFrom: {secretKeyRef: {name: "{{ .Release.Name }}-pg", key: password}}}
                  STAGE: "of {{ .Release.Name }}"
                envFrom: [{secretRef: {name: "{{ .Release.Name }}-more"}}]
                volumes: [{name: files, configMap: {name: "{{ .Release.Name }}-files"}}]
                filesFrom: [{configMap: {name: "{{ .Release.Name }}-policies"}}]
                commonLabels: {team: "{{ .Release.Name }}-team"}
                jobAnnotations: {sidecar.istio.io/inject: "false"}
                """);
        String text = manifests.text().replace("'", "");
        for (String part : new String[] {
            "registry.example.com/blue-migrations:1.0.0",
            "name: blue-migrator",
            "role: arn:shop-prod",
            "jdbc:postgresql://blue-pg:5432/shop",
            "name: blue-pg",
            "of blue",
            "name: blue-more",
            "name: blue-files",
            "name: blue-policies",
            "team: blue-team"
        }) {
            assertTrue(text.contains(part), () -> part + " is not in " + text);
        }
        String job = "Job/blue-chartreuse-migrate";
        assertEquals("false", manifests.annotation(job, "sidecar.istio.io/inject"));
        assertEquals(
                "blue-team",
                manifests.object(job).at("/spec/template/metadata/labels/team").asText());
        assertEquals(
                "blue-migrator",
                manifests
                        .object(job)
                        .at("/spec/template/spec/serviceAccountName")
                        .asText());
    }

    @Test
    void thePodHasWhatTheValuesSay() {
        JsonNode pod = release("shop", Values.SHOP, """
                        topologySpreadConstraints:
                          - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
                        runtimeClassName: gvisor
                        hostAliases: [{ip: 10.0.0.7, hostnames: [shop-pg]}]
                        dnsPolicy: None
                        dnsConfig: {nameservers: [10.0.0.10]}
                        extraContainers: [{name: proxy, image: proxy:1}]
                        image: {pullSecrets: [{name: own}]}
                        global: {imageRegistry: "mirror.example.com:5000/hub", imagePullSecrets: [shared, {name: own}]}
                        """)
                .object("Job/shop-chartreuse-migrate")
                .at("/spec/template/spec");
        assertEquals("zone", pod.at("/topologySpreadConstraints/0/topologyKey").asText());
        assertEquals("gvisor", pod.path("runtimeClassName").asText());
        assertEquals("shop-pg", pod.at("/hostAliases/0/hostnames/0").asText());
        assertEquals("None", pod.path("dnsPolicy").asText());
        assertEquals("10.0.0.10", pod.at("/dnsConfig/nameservers/0").asText());
        assertEquals("proxy", pod.at("/containers/1/name").asText());
        assertEquals(
                "[{\"name\":\"shared\"},{\"name\":\"own\"}]",
                pod.path("imagePullSecrets").toString());
        assertEquals(
                "mirror.example.com:5000/hub/chartreuse/chartreuse:1.0.0",
                pod.at("/containers/0/image").asText());
    }

    /** The label that the program gives its records: a DNS label, or a cleaned name with a digest. */
    @Test
    void notesSelectRecordsAsTheProgramLabelsThem() {
        String templates = ChartFolder.read("templates/_names.tpl");
        assertTrue(templates.contains("chartreuse.recordLabel"));
        Path chart = directory.resolve("labelled");
        ChartFolder.copy(chart, Rendering::withoutHooks);
        ChartFolder.write(
                chart.resolve("templates/label.yaml"),
                "kind: Label\nmetadata: {name: x, record: {{ include \"chartreuse.recordLabel\" . }}}\n");
        Manifests dotted = Rendering.render(chart, "shop.v2", directory, Values.SHOP);
        assertEquals(
                "x-shop-v2-c923e4c41da1",
                dotted.object("Label/x").at("/metadata/record").asText());
        Manifests plain = Rendering.render(chart, "shop", directory, Values.SHOP);
        assertEquals("shop", plain.object("Label/x").at("/metadata/record").asText());
    }
}
