package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Jobs that the chart renders from values. */
class JobTest {

    private static final String MIGRATE = "Job/shop-chartreuse-migrate";
    private static final String PLAN = "sha256:" + "6f0c".repeat(16);

    @TempDir
    Path directory;

    private Manifests install(String values) {
        return Rendering.install(directory, Values.SHOP, values);
    }

    private JsonNode pod(String values) {
        return install(values).object(MIGRATE).at("/spec/template/spec");
    }

    @Test
    void aRunHasAllOfTheGraceButAMinuteForItsStepsAndTheRestForItsWorkloads() {
        List<String> arguments = install("terminationGracePeriodSeconds: 300").arguments(MIGRATE);
        assertEquals("240s", arguments.get(arguments.indexOf("--grace") + 1));
        assertEquals(
                300,
                pod("terminationGracePeriodSeconds: 300")
                        .at("/terminationGracePeriodSeconds")
                        .asInt());
    }

    @Test
    void aReviewedPlanIsAppliedAndNothingElse() {
        List<String> arguments = install("plan: {id: '" + PLAN + "'}").arguments(MIGRATE);
        assertEquals(List.of("apply", "--plan-id", PLAN), arguments.subList(0, 3));
        assertTrue(!arguments.contains("--yes"));
    }

    @Test
    void runsOfOneReleaseWaitForEachOther() {
        List<String> arguments = install("lockTimeout: 5m").arguments(MIGRATE);
        assertEquals("5m", arguments.get(arguments.indexOf("--lock-timeout") + 1));
    }

    @Test
    void databasesThatAreNotThereYetAreWaitedForUnlessTheySayHowLongThemselves() {
        assertEquals("3m", databaseWait(""));
        assertEquals("30s", databaseWait("databaseWait: 30s"));
        assertEquals("0s", databaseWait("config: {postgres: {databases: {main: {waitAvailable: 0s}}}}"));
    }

    private String databaseWait(String values) {
        String text = install(values)
                .object("ConfigMap/shop-chartreuse-config")
                .at("/data/chartreuse.yaml")
                .asText();
        return text.replaceFirst("(?s).*waitAvailable: (\\w+)\n.*", "$1");
    }

    @Test
    void aDigestCountsBeforeATagAndATagBeforeTheChartsVersion() {
        String digest = "sha256:" + "ab12".repeat(16);
        assertEquals("registry/shop:9", image("image: {repository: registry/shop, tag: '9'}"));
        assertEquals("registry/shop:1.0.0", image("image: {repository: registry/shop}"));
        assertEquals(
                "registry/shop@" + digest,
                image("image: {repository: registry/shop, tag: '9', digest: '" + digest + "'}"));
    }

    private String image(String values) {
        return pod(values).at("/containers/0/image").asText();
    }

    @Test
    void podsRunUnderTheStrictestOfThePodSecurityStandards() {
        JsonNode pod = pod("");
        JsonNode container = pod.at("/containers/0/securityContext");
        assertTrue(pod.at("/securityContext/runAsNonRoot").asBoolean());
        assertEquals(
                "RuntimeDefault", pod.at("/securityContext/seccompProfile/type").asText());
        assertEquals("[\"ALL\"]", container.at("/capabilities/drop").toString());
        assertTrue(container.at("/readOnlyRootFilesystem").asBoolean());
        assertEquals("false", container.at("/allowPrivilegeEscalation").asText());
    }

    @Test
    void theVolumesOfTheValuesComeBesideThoseOfTheChart() {
        JsonNode pod = pod("""
                volumes: [{name: migrations, configMap: {name: shop-migrations}}]
                volumeMounts: [{name: migrations, mountPath: /app/migrations}]
                """);
        assertEquals(
                List.of("config", "temporary", "migrations"),
                pod.path("volumes").findValuesAsText("name").stream()
                        .filter(name -> !name.startsWith("shop"))
                        .toList());
        assertEquals(
                "/app/migrations",
                pod.at("/containers/0/volumeMounts/2/mountPath").asText());
    }

    @Test
    void whatIsSaidOfPodsReachesThem() {
        JsonNode pod = pod("""
                nodeSelector: {disk: ssd}
                tolerations: [{key: batch, operator: Exists}]
                priorityClassName: high
                extraEnv: [{name: A, value: b}]
                env: {TEXT: 1}
                envFrom: [{secretRef: {name: shop-pg}}]
                image: {pullSecrets: [{name: registry}]}
                """);
        assertEquals("ssd", pod.at("/nodeSelector/disk").asText());
        assertEquals("batch", pod.at("/tolerations/0/key").asText());
        assertEquals("high", pod.at("/priorityClassName").asText());
        assertEquals("registry", pod.at("/imagePullSecrets/0/name").asText());
        assertEquals("shop-pg", pod.at("/containers/0/envFrom/0/secretRef/name").asText());
        assertEquals(
                "{\"name\":\"TEXT\",\"value\":\"1\"}",
                pod.at("/containers/0/env/6").toString());
        assertEquals(
                "{\"name\":\"A\",\"value\":\"b\"}",
                pod.at("/containers/0/env/7").toString());
    }

    @Test
    void theNetworkPolicyLetsDatabasesDnsAndApiServerBeReached() {
        JsonNode spec = install("networkPolicy: {enabled: true}")
                .object("NetworkPolicy/shop-chartreuse")
                .path("spec");
        assertEquals("[\"Ingress\",\"Egress\"]", spec.path("policyTypes").toString());
        assertEquals(
                List.of("53", "53", "443", "6443", "5432", "8008"),
                spec.path("egress").findValuesAsText("port"));
    }
}
