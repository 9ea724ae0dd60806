package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the scripts of {@code examples/ci} process a plan before they publish it. */
class PlanScriptTest {

    @TempDir
    Path directory;

    private PipelineDesk desk;

    @BeforeEach
    void sitDown() {
        desk = new PipelineDesk(directory);
    }

    @Test
    void aPlanLeavesWhatAReviewNeeds() {
        desk.set("CHARTREUSE_HEAD", "abc123").run("plan").endsWith(0).says("told on the standard error");

        assertEquals("0\n", desk.read("chartreuse-plan/exit-code"));
        assertEquals(PipelineDesk.ID + "\n", desk.read("chartreuse-plan/plan-id"));
        assertEquals("abc123\n", desk.read("chartreuse-plan/head"));
        assertTrue(desk.read("chartreuse-plan/plan.md").startsWith("## A plan"));
        assertTrue(desk.has("chartreuse-plan/plan.sarif"));
        assertEquals("[]\n", desk.read("chartreuse-plan/codequality.json"));
        assertFalse(desk.read("calls").contains("--store"));
        desk.run("verdict").endsWith(0);
        assertEquals(PipelineDesk.ID + "\n", desk.run("plan-id").endsWith(0).out());
    }

    @Test
    void moreWordsArePassedOnAsTheyAre() {
        desk.set("CHARTREUSE_PLAN_ARGUMENTS", "--state  *.json $(touch pwned)").set("CHARTREUSE_STORE", "true");

        desk.run("plan").endsWith(0);

        assertTrue(desk.read("calls").startsWith("plan --state *.json $(touch pwned) --store --output markdown"));
        assertFalse(desk.has("pwned"));
    }

    @Test
    void variablesReachChartreuseAndNobodyIsToldOfThem() {
        desk.set("CHARTREUSE_ENVIRONMENT", "SHOP_PASSWORD=a b\"$(touch pwned)=c\n\nSHOP_USER=ada\n");

        desk.run("plan").endsWith(0);

        assertTrue(desk.read("calls").contains("SHOP_PASSWORD=a b\"$(touch pwned)=c\n"), desk.read("calls"));
        assertTrue(desk.read("calls").contains("SHOP_USER=ada\n"));
        assertFalse(desk.has("pwned"));
        assertFalse(desk.run("plan").toString().contains("touch"));
        desk.set("CHARTREUSE_ENVIRONMENT", "my secret");
        assertFalse(desk.run("plan").endsWith(64).toString().contains("secret"));
    }

    @Test
    void aDeniedPlanIsKeptAndTheVerdictFailsForIt() {
        desk.planned(5, "denied", "{\"id\": \"" + PipelineDesk.ID + "\"}")
                .run("plan")
                .endsWith(0);

        assertEquals(PipelineDesk.ID + "\n", desk.read("chartreuse-plan/plan-id"));
        desk.run("verdict").endsWith(5).says("a policy denies the plan");
    }

    @Test
    void whatIsNoPlanLeavesNoneNotEvenThatOfTheRunBefore() {
        desk.run("plan").endsWith(0);
        desk.planned(64, "## No Chartreuse plan could be made", "").run("plan").endsWith(0);

        assertFalse(desk.has("chartreuse-plan/plan.json"));
        assertFalse(desk.has("chartreuse-plan/plan-id"));
        assertTrue(desk.has("chartreuse-plan/plan.sarif"), "the places of what is wrong");
        desk.run("verdict").endsWith(64).says("exit code 64");
        desk.run("plan-id").endsWith(1).says("nothing is applied");
    }

    @Test
    void aProgramThatCannotBeRunIsToldToo() {
        desk.program("chartreuse", "#!/bin/sh\nexit 127\n").run("plan").endsWith(0);

        assertTrue(desk.read("chartreuse-plan/plan.md").contains("The log of the job says why."));
        assertFalse(desk.has("chartreuse-plan/plan.sarif"));
        desk.run("verdict").endsWith(127);
    }

    @Test
    void findingsAreCodeQualityForGitLab() {
        Path log = desk.write("log", """
                {"version": "2.1.0", "runs": [{"results": [{"ruleId": "policy/window", "level": "error",
                 "message": {"text": "not now"}, "partialFingerprints": {"primaryLocationLineHash": "6f0c:1"},
                 "locations": [{"physicalLocation": {"artifactLocation": {"uri": "my%20rules.json"},
                 "region": {"startLine": 7}}}]}]}]}
                """);

        String report =
                desk.run("code-quality", log.toString()).endsWith(0).out().replaceAll("\\s+", "");

        assertEquals(
                "[{\"description\":\"notnow\",\"check_name\":\"policy/window\",\"fingerprint\":\"6f0c:1\","
                        + "\"severity\":\"critical\",\"location\":{\"path\":\"myrules.json\",\"lines\":{\"begin\":7}}}]",
                report);
    }

    @Test
    void whatChartreuseSaysIsNotForTheRunnerToObey() {
        String out = desk.set("GITHUB_ACTIONS", "true").run("plan").endsWith(0).out();

        assertTrue(out.matches("(?s)::stop-commands::([0-9a-f]{32})\n.*told on the standard error.*::\\1::\n"), out);
    }

    @Test
    void anImageIsGivenVariablesByNameOnly() {
        desk.program("docker", "#!/bin/sh\necho \"$@\"\n")
                .set("CHARTREUSE_IMAGE", "shop:1")
                .set("CHARTREUSE_PASS", "SHOP_PASSWORD")
                .set("SHOP_PASSWORD", "very secret")
                .set("KUBECONFIG", "/run/kubeconfig");

        String call = desk.run("../in-image/chartreuse", "plan", "--out", "plan.json")
                .endsWith(0)
                .out();

        assertTrue(call.contains("--env SHOP_PASSWORD "), call);
        assertTrue(call.contains("--volume /run/kubeconfig:/run/kubeconfig:ro"), call);
        assertTrue(call.endsWith(" shop:1 plan --out plan.json\n"), call);
        assertFalse(call.contains("very secret"), call);
    }

    /** The artifact of a pull request is untrusted: the pull request's author controls its content. */
    @Test
    void anIdIsLookedAtAsAWhole() {
        for (String id : new String[] {
            PipelineDesk.ID + "\\nplan-id=" + PipelineDesk.ID + ",image.repository=evil.example/x",
            PipelineDesk.ID + "\\n",
            "\\n" + PipelineDesk.ID,
            PipelineDesk.ID + ",image.tag=1",
            PipelineDesk.ID.toUpperCase(java.util.Locale.ROOT),
        }) {
            desk.planned(0, "## A plan", "{\"id\": \"" + id + "\"}").run("plan");
            assertEquals(
                    "",
                    desk.run("plan-id").endsWith(1).says("nothing is applied").out(),
                    id);
        }
    }

    @Test
    void valuesForHelmAreAFileThatHoldsTheIdAndTheTagAndNothingElse() {
        String values = desk.run("values", PipelineDesk.ID, "4f2a").endsWith(0).out();
        assertEquals(
                "{\"chartreuse\":{\"plan\":{\"id\":\"" + PipelineDesk.ID + "\"},\"image\":{\"tag\":\"4f2a\"}}}",
                values.replaceAll("\\s", ""));
        desk.run("values", PipelineDesk.ID + ",image.repository=evil", "4f2a").endsWith(64);
        desk.run("values", PipelineDesk.ID + "\n", "4f2a").endsWith(64);
        desk.run("values", PipelineDesk.ID, "4f2a,image.repository=evil").endsWith(64);
        desk.run("values", "sha256:6f0c", "4f2a").endsWith(64);
    }
}
