package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the lines of the jobs in {@code examples/ci/gitlab} in the checkout of a merge request. */
class GitLabTemplateTest {

    private static final String SCRIPTS = ".gitlab/chartreuse/scripts";

    @TempDir
    Path origin;

    @TempDir
    Path checkout;

    private final Forge forge = Forge.gitLab();
    private PipelineDesk desk;

    @BeforeEach
    void openMergeRequest() {
        desk = new PipelineDesk(checkout)
                .set("CI_API_V4_URL", forge.url())
                .set("CI_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_IID", "7")
                .set("CI_JOB_URL", "https://gitlab.example.com/acme/shop/-/jobs/5")
                .set("CI_DEFAULT_BRANCH", "main")
                .set("CI_COMMIT_SHA", "head7")
                .set("RELEASE", "shop")
                .set("NAMESPACE", "shop-prod")
                .set("CHARTREUSE_IMAGE", "")
                .set("CHARTREUSE_GITLAB_TOKEN", Forge.TOKEN)
                .program("helm", "#!/bin/sh\n[ \"$1\" != template ] || cat \"$DESK/rendered.yaml\"\n")
                .program("docker", "#!/bin/sh\nexit 0\n");
        desk.write("rendered.yaml", """
                kind: ConfigMap
                metadata:
                  name: shop-config
                data:
                  chartreuse.yaml: |
                    release: shop
                """);
        ChartFolder.copy(Example.HOME.resolve("ci"), origin.resolve(".gitlab/chartreuse"), text -> text);
        commit("""
                git init -q -b main
                chmod +x .gitlab/chartreuse/scripts/* .gitlab/chartreuse/in-image/*
                """);
    }

    @AfterEach
    void closeForge() {
        forge.close();
    }

    /** Runs lines in the project's repository and commits the result. */
    private void commit(String lines) {
        new PipelineDesk(origin)
                .set("GIT_CONFIG_GLOBAL", "/dev/null")
                .bash(lines + "git add .gitlab; git -c user.name=ada -c user.email=ada@example.com commit -qm work")
                .endsWith(0);
    }

    /** Fetches the commit of the merge request as the runner does: without history and without other branches. */
    private void checkOut(String branch) {
        desk.set("ORIGIN", "file://" + origin).set("BRANCH", branch).bash("""
                        git init -q
                        git remote add origin "$ORIGIN"
                        git fetch -q --depth 1 origin "refs/heads/$BRANCH"
                        git checkout -q --detach FETCH_HEAD
                        """).endsWith(0);
    }

    private static JsonNode template() {
        List<JsonNode> documents = new ArrayList<>();
        GitLabYaml.reader()
                .loadAll(ChartFolder.read(Example.HOME.resolve("ci/gitlab/template.yml")))
                .forEach(document -> documents.add(new ObjectMapper().valueToTree(document)));
        return documents.get(1);
    }

    /** The lines of a job after GitLab's merging: its own, or else those of the job that it extends. */
    private static String lines(String job, String key) {
        JsonNode pipeline = new ObjectMapper()
                .valueToTree(
                        GitLabYaml.reader().load(ChartFolder.read(Example.HOME.resolve("ci/gitlab/gitlab-ci.yml"))));
        JsonNode own = pipeline.path(job);
        JsonNode extended = template().path(own.path("extends").asText());
        StringBuilder lines = new StringBuilder();
        (own.has(key) ? own : extended).path(key).forEach(line -> append(lines, line));
        return lines.toString().replace("$[[ inputs.scripts ]]", SCRIPTS);
    }

    private static void append(StringBuilder lines, JsonNode line) {
        if (line.isArray()) {
            template().path(line.path(0).asText()).path(line.path(1).asText()).forEach(one -> append(lines, one));
        } else {
            lines.append(line.asText()).append('\n');
        }
    }

    private PipelineDesk.Said run(String job) {
        return desk.bash(lines(job, "before_script") + lines(job, "script"));
    }

    @Test
    void thePlanIsMadeByTheScriptsOfTheProtectedBranchAlsoWhereATagHasItsName() {
        commit("""
                git checkout -q -b feature
                for script in .gitlab/chartreuse/scripts/* .gitlab/chartreuse/in-image/*; do
                    printf '#!/bin/sh\\ntouch "$DESK/forged"\\n' > "$script"
                done
                mkdir .gitlab/chartreuse/scripts/more
                touch .gitlab/chartreuse/scripts/more/file
                git tag main
                """);
        new PipelineDesk(origin).bash("git tag -f main feature").endsWith(0);
        checkOut("feature");
        assertTrue(desk.read(SCRIPTS + "/plan").contains("forged"), "the merge request's own scripts are forged");

        run("plan").endsWith(0);

        assertFalse(desk.has("forged"));
        assertEquals(PipelineDesk.ID + "\n", desk.read("chartreuse-plan/plan-id"));
        assertEquals("head7\n", desk.read("chartreuse-plan/head"));
        assertTrue(forge.bodies().get(0).contains("A plan"), forge.bodies()::toString);
        assertFalse(desk.has(".git/chartreuse/" + SCRIPTS + "/more/file"));
    }

    @Test
    void aMergeRequestFromBeforeThePipelineIsPlannedToo() {
        commit(
                "git checkout -q -b old; git rm -rq .gitlab/chartreuse/scripts; mkdir -p .gitlab; touch .gitlab/other\n");
        checkOut("old");
        desk.planned(5, "## A plan", "{\"id\": \"" + PipelineDesk.ID + "\"}");

        run("plan").endsWith(5).says("a policy denies the plan");
    }

    @Test
    void aJobThatFetchesNoScriptsRunsNone() {
        checkOut("main");

        PipelineDesk.Said said = desk.bash(lines("plan", "script"));

        assertTrue(said.code() != 0, said::toString);
        assertFalse(desk.has("chartreuse-plan"));
    }
}
