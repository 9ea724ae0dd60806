package io.chartreuse.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code examples/ci} that talk with GitLab. */
class GitLabScriptsTest {

    private static final String MARK = "<!-- chartreuse-comment chartreuse-plan -->\n";
    private static final String REQUESTS = "/projects/3/repository/commits/merge1/merge_requests";
    private static final String PIPELINES = "/projects/3/merge_requests/7/pipelines";

    @TempDir
    Path directory;

    private final Forge forge = Forge.gitLab();
    private PipelineDesk desk;

    @BeforeEach
    void sitDown() {
        desk = new PipelineDesk(directory)
                .set("CI_API_V4_URL", forge.url())
                .set("CI_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "3")
                .set("CI_MERGE_REQUEST_IID", "7")
                .set("CI_JOB_URL", "https://gitlab.example.com/acme/shop/-/jobs/5")
                .set("CI_COMMIT_SHA", "merge1")
                .set("CI_COMMIT_BRANCH", "main")
                .set("CHARTREUSE_GITLAB_TOKEN", Forge.TOKEN);
    }

    @AfterEach
    void closeForge() {
        forge.close();
    }

    private PipelineDesk.Said comment() {
        desk.run("plan").endsWith(0);
        return desk.run("comment-gitlab");
    }

    @Test
    void oneNoteIsMadeAndThenChanged() {
        for (int i = 0; i < 130; i++) {
            forge.comment("ada", "note " + i);
        }
        forge.comment("mallory", MARK + "pretended");
        comment().endsWith(0);
        desk.planned(5, "## A newer plan", "{\"id\": \"" + PipelineDesk.ID + "\"}");
        comment().endsWith(0);

        assertEquals(132, forge.bodies().size());
        assertEquals(MARK + "pretended", forge.bodies().get(130));
        String ours = forge.bodies().get(131);
        assertTrue(ours.startsWith(MARK + "> [!CAUTION]\n"), ours);
        assertTrue(ours.contains("## A newer plan"));
        assertTrue(ours.contains("[this job](https://gitlab.example.com/acme/shop/-/jobs/5)"));
        desk.run("verdict").endsWith(5);
    }

    @Test
    void aLineOfSqlIsNoOrder() {
        desk.planned(0, "```sql\n/merge\n  /close\n/* a comment */\n```\n", "{\"id\": \"" + PipelineDesk.ID + "\"}");

        comment().endsWith(0);

        assertTrue(
                forge.bodies().get(0).contains("\n\u200b/merge\n  \u200b/close\n/* a comment */\n"),
                forge.bodies().get(0));
    }

    @Test
    void withoutAMergeRequestOrATokenOfAForkNobodyIsAsked() {
        desk.set("CHARTREUSE_GITLAB_TOKEN", "").set("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "4");
        comment().endsWith(0).says("of a fork");
        desk.set("CI_MERGE_REQUEST_SOURCE_PROJECT_ID", "3");
        comment().endsWith(64).says("CHARTREUSE_GITLAB_TOKEN is not set");
        desk.set("CI_MERGE_REQUEST_IID", "");
        comment().endsWith(0).says("no merge request");

        assertEquals(List.of(), forge.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void whatGitLabRefusesIsToldAndFails(int status) {
        forge.refuse("POST", status);

        comment().endsWith(1).says("HTTP " + status);
    }

    private static String request(String shas, String target, int source) {
        return "{'iid': 7, 'state': 'merged', 'target_project_id': 3, 'source_project_id': " + source
                + ", 'target_branch': '" + target + "', 'sha': 'head7', " + shas + "}";
    }

    private void merged(String request) {
        forge.answer(REQUESTS, "[" + request + "]")
                .answer(
                        PIPELINES,
                        "[{'id': 12, 'source': 'merge_request_event', 'project_id': 3},"
                                + "{'id': 11, 'source': 'merge_request_event', 'project_id': 3},"
                                + "{'id': 13, 'source': 'push', 'project_id': 3},"
                                + "{'id': 14, 'source': 'merge_request_event', 'project_id': 666}]")
                .answer(DIFFS, "[{'old_path': 'migrations/V2__b.sql', 'new_path': 'migrations/V2__b.sql'}]")
                .answer(
                        "/projects/3/pipelines/12/jobs",
                        "[{'id': 51, 'name': 'plan', 'status': 'success'}, {'id': 52, 'name': 'test'}]")
                .answer("/projects/3/jobs/51/artifacts/chartreuse-plan/head", "head7\n")
                .answer("/projects/3/jobs/51/artifacts/chartreuse-plan/plan.json", "{'id': '" + PipelineDesk.ID + "'}");
    }

    private static final String DIFFS = "/projects/3/merge_requests/7/diffs";

    @Test
    void aMergeRequestThatChangesWhatPlansIsNotTrusted() {
        merged(request("'merge_commit_sha': 'merge1'", "main", 3));
        for (String file : List.of(".gitlab-ci.yml", ".gitlab/chartreuse/scripts/plan")) {
            forge.answer(DIFFS, "[{'old_path': '" + file + "', 'new_path': 'moved'}]");
            reviewed().endsWith(1).says("its plan is not trusted");
        }
        assertFalse(desk.has("chartreuse-plan/plan.json"));
    }

    @Test
    void aMergeRequestWithMoreFilesThanAreListedIsNotTrusted() {
        merged(request("'merge_commit_sha': 'merge1'", "main", 3));
        String file = "{'old_path': 'docs/a', 'new_path': 'docs/a'}";
        forge.answer(DIFFS, "[" + String.join(",", Collections.nCopies(1000, file)) + "]");

        reviewed().endsWith(1).says("changes 1000 files or more");
        assertFalse(desk.has("chartreuse-plan/plan.json"));
    }

    @Test
    void aPlanOfAJobThatFailedIsNotApplied() {
        merged(request("'merge_commit_sha': 'merge1'", "main", 3));
        forge.answer("/projects/3/pipelines/12/jobs", "[{'id': 51, 'name': 'plan', 'status': 'failed'}]");
        reviewed().endsWith(1).says("no job plan that succeeded");
    }

    private PipelineDesk.Said reviewed() {
        return desk.run("reviewed-plan-gitlab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'merge_commit_sha': 'merge1', 'squash_commit_sha': 'squash'",
                "'merge_commit_sha': null, 'squash_commit_sha': 'merge1'",
            })
    void theReviewedPlanIsThatOfTheLastPipelineHoweverItWasMerged(String shas) {
        merged(request(shas, "main", 3));

        assertEquals(
                PipelineDesk.ID + "\n",
                reviewed().endsWith(0).says("merge request !7").out());
        assertTrue(desk.has("chartreuse-plan/plan.json"));
    }

    @Test
    void nothingIsAppliedThatNobodyReviewed() {
        String squashed = "'merge_commit_sha': 'merge1'";
        merged(request("'merge_commit_sha': 'another'", "main", 3));
        reviewed().endsWith(1).says("no reviewed plan belongs to it");
        merged(request(squashed, "release", 3));
        reviewed().endsWith(1).says("no reviewed plan belongs to it");
        merged(request(squashed, "main", 666));
        reviewed().endsWith(1).says("is of a fork");
        merged(request(squashed, "main", 3));
        forge.answer("/projects/3/jobs/51/artifacts/chartreuse-plan/head", "head6\n");
        reviewed().endsWith(1).says("is not of its last commit head7");
        forge.answer(PIPELINES, "[]");
        reviewed().endsWith(1).says("has no pipeline");
        forge.answer(PIPELINES, "[{'id': 15, 'source': 'merge_request_event', 'project_id': 3}]")
                .answer("/projects/3/pipelines/15/jobs", "[{'id': 52, 'name': 'test'}]");
        reviewed().endsWith(1).says("has no job plan");
        forge.answer("/projects/3/pipelines/15/jobs", "[{'id': 53, 'name': 'plan', 'status': 'success'}]");
        reviewed().endsWith(1).says("made no plan");
        assertFalse(desk.has("chartreuse-plan/plan.json"));
        forge.refuse("GET", 500);
        reviewed().endsWith(1).says("HTTP 500");
    }
}
