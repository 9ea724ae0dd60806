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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts of {@code examples/ci} that talk with GitHub. */
class GitHubScriptsTest {

    private static final String MARK = "<!-- chartreuse-comment chartreuse-plan -->\n";
    private static final String PULLS = "/repos/acme/shop/commits/merge1/pulls";
    private static final String ARTIFACTS = "/repos/acme/shop/actions/artifacts";

    @TempDir
    Path directory;

    private final Forge forge = Forge.gitHub();
    private PipelineDesk desk;

    @BeforeEach
    void sitDown() {
        desk = new PipelineDesk(directory)
                .set("GITHUB_API_URL", forge.url())
                .set("GITHUB_REPOSITORY", "acme/shop")
                .set("GITHUB_WORKFLOW_REF", "acme/shop/.github/workflows/deploy.yaml@refs/heads/main")
                .set("GITHUB_RUN_ID", "4711")
                .set("GITHUB_SHA", "merge1")
                .set("GITHUB_REF_NAME", "main")
                .set("GITHUB_STEP_SUMMARY", directory.resolve("summary").toString())
                .set("CHARTREUSE_TOKEN", Forge.TOKEN)
                .set("PULL_REQUEST", "7");
    }

    @AfterEach
    void closeForge() {
        forge.close();
    }

    private PipelineDesk.Said comment() {
        desk.run("plan").endsWith(0);
        return desk.run("comment-github");
    }

    @Test
    void theFirstPlanIsANewComment() {
        forge.comment("ada", "Looks good");

        comment().endsWith(0);

        assertEquals(2, forge.bodies().size());
        String body = forge.bodies().get(1);
        assertTrue(body.startsWith(MARK + "## A plan"), body);
        assertTrue(
                body.contains("`chartreuse-plan` of [this run](https://github.com/acme/shop/actions/runs/4711)"), body);
        assertTrue(desk.read("summary").contains("## A plan"), "the job's summary has it too");
    }

    @Test
    void thenItIsChangedAndNobodyElsesIsTouched() {
        comment().endsWith(0);
        String pretended = MARK + "## Another plan";
        forge.comment("mallory", pretended);
        forge.comment(Forge.US, "of another workflow, about " + MARK);
        desk.planned(0, "## A newer plan", "{\"id\": \"" + PipelineDesk.ID + "\"}");

        comment().endsWith(0);

        assertEquals(3, forge.bodies().size());
        assertTrue(forge.bodies().get(0).startsWith(MARK + "## A newer plan"));
        assertEquals(pretended, forge.bodies().get(1));
        assertTrue(forge.bodies().get(2).startsWith("of another workflow"));
    }

    @Test
    void itIsFoundBehindHundredsOfOthers() {
        for (int i = 0; i < 230; i++) {
            forge.comment("ada", "comment " + i);
        }
        long ours = forge.comment(Forge.US, MARK + "old");
        for (int i = 0; i < 70; i++) {
            forge.comment("bob", "more " + i);
        }

        comment().endsWith(0);

        assertEquals(301, forge.bodies().size());
        assertTrue(forge.body(ours).contains("## A plan"));
    }

    @Test
    void ofSeveralThatAreOursOneIsLeft() {
        forge.comment(Forge.US, MARK + "one");
        forge.comment("ada", "hm");
        forge.comment(Forge.US, MARK + "two");

        comment().endsWith(0);

        assertEquals(2, forge.bodies().size());
        assertTrue(forge.bodies().get(0).contains("## A plan"));
    }

    @Test
    void aPlanThatIsTooLongIsCutAndSaysWhereAllOfItIs() {
        String sql = "<details>\n\n```sql\n" + "SELECT 'ünï ☃';\n".repeat(9_000);
        desk.planned(0, sql, "{\"id\": \"" + PipelineDesk.ID + "\"}");

        comment().endsWith(0);

        String body = forge.bodies().get(0);
        assertTrue(body.length() <= 65_536 && body.length() > 60_000, body.length() + " characters");
        assertTrue(body.startsWith(MARK + "> [!NOTE]\n> This plan is too long for a comment and was cut."), body);
        assertTrue(body.contains("artifact `chartreuse-plan` of [this run](https://github.com/"));
        assertTrue(body.substring(0, 600).contains("Plan id: `" + PipelineDesk.ID + "`"), "above what is left open");
        assertTrue(body.endsWith("\nSELECT 'ünï ☃';\n"), "at the end of a line");
    }

    @Test
    void aDeniedPlanIsShownAndThenFails() {
        desk.planned(5, "## A plan\n\n- **deny** not now\n", "{\"id\": \"" + PipelineDesk.ID + "\"}");

        comment().endsWith(0);

        assertTrue(
                forge.bodies().get(0).contains("> A policy denies this plan"),
                forge.bodies().get(0));
        assertTrue(forge.bodies().get(0).contains("**deny** not now"));
        desk.run("verdict").endsWith(5);
    }

    @Test
    void whatKeptAPlanFromBeingMadeIsShownAndItsExitCodePassedOn() {
        desk.planned(64, "## No Chartreuse plan could be made\n\n- **error** unknown setting relase\n", "");

        comment().endsWith(0);

        assertTrue(forge.bodies().get(0).contains("`chartreuse plan` ended with exit code 64."));
        assertTrue(forge.bodies().get(0).contains("unknown setting relase"));
        desk.run("verdict").endsWith(64);
    }

    @Test
    void withoutAPullRequestNobodyIsAsked() {
        desk.set("PULL_REQUEST", "");

        comment().endsWith(0).says("no pull request");

        assertEquals(List.of(), forge.requests());
        assertTrue(desk.read("summary").contains("## A plan"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 500})
    void whatGitHubRefusesIsToldAndFails(int status) {
        forge.refuse("POST", status);

        comment().endsWith(1).says("HTTP " + status + ": Resource not accessible by integration");

        forge.refuse("GET", status);
        comment().endsWith(1).says("HTTP " + status);
        assertEquals(List.of(), forge.bodies());
    }

    @Test
    void aForkWhoseTokenMayNotCommentIsNoFailure() {
        forge.refuse("POST", 403);
        desk.set("PULL_REQUEST_FROM_FORK", "true");

        comment().endsWith(0).says("the pull request is of a fork");

        forge.refuse("POST", 500);
        comment().endsWith(1);
    }

    @Test
    void theTokenIsNotAmongArgumentsAndNoTextIsObeyed() {
        desk.program("curl", "#!/bin/sh\necho \"$@\" >> \"$DESK/arguments\"\nPATH=${PATH#*:} exec curl \"$@\"\n")
                .planned(0, "$(touch pwned) `touch pwned` \"; touch pwned\n", "{\"id\": \"" + PipelineDesk.ID + "\"}");

        comment().endsWith(0);

        assertTrue(desk.read("arguments").contains("/issues/7/comments"));
        assertFalse(desk.read("arguments").contains(Forge.TOKEN));
        assertFalse(desk.has("pwned"));
        assertTrue(forge.bodies().get(0).contains("$(touch pwned) `touch pwned`"));
        desk.set("PULL_REQUEST", "7/../8").run("comment-github").endsWith(64);
        desk.set("CHARTREUSE_NAME", "a --> b").run("comment-github").endsWith(64);
    }

    private static String pull(int number, String mergeCommit, String head, String headRepository, String base) {
        return "{'number': " + number + ", 'merged_at': '2026-11-22T07:00:00Z', 'merge_commit_sha': '" + mergeCommit
                + "', 'base': {'ref': '" + base + "', 'repo': {'full_name': 'acme/shop'}}, 'head': {'sha': '" + head
                + "', 'repo': " + headRepository + "}}";
    }

    private static final String OURS = "{'full_name': 'acme/shop'}";

    private static String artifact(int run, String created, String head, int headRepository, boolean expired) {
        return "{'id': " + (run + 1000) + ", 'name': 'chartreuse-plan-" + head + "', 'expired': " + expired
                + ", 'created_at': '" + created + "', 'workflow_run': {'id': " + run
                + ", 'repository_id': 1, 'head_repository_id': " + headRepository + ", 'head_sha': '" + head + "'}}";
    }

    private static String run(int id, String head) {
        return "{'id': " + id + ", 'path': '.github/workflows/deploy.yaml', 'event': 'pull_request', 'head_sha': '"
                + head
                + "', 'repository': {'full_name': 'acme/shop'}, 'head_repository': {'full_name': 'acme/shop'},"
                + " 'status': 'completed', 'conclusion': 'success', 'run_started_at': '2026-11-22T06:00:00Z'}";
    }

    private PipelineDesk.Said reviewed(String artifacts) {
        forge.answer(ARTIFACTS, "{'artifacts': [" + artifacts + "]}");
        forge.answer("/repos/acme/shop/pulls/7/files", "[{'filename': 'migrations/V2__b.sql'}]");
        return desk.run("reviewed-plan-github");
    }

    @Test
    void theReviewedPlanIsTheNewestOfTheLastCommitAndOfNoFork() {
        forge.answer(
                PULLS,
                "[" + pull(8, "another", "head8", OURS, "main") + "," + pull(7, "merge1", "head7", OURS, "main") + ","
                        + pull(9, "merge1", "head9", OURS, "release") + "]");

        forge.answer("/repos/acme/shop/actions/runs/23", run(23, "head7"));
        PipelineDesk.Said said = reviewed(String.join(
                ",",
                artifact(21, "2026-11-22T07:00:00Z", "head7", 1, false),
                artifact(23, "2026-11-22T09:00:00Z", "head7", 1, false),
                artifact(22, "2026-11-22T08:00:00Z", "head7", 1, false),
                artifact(24, "2026-11-22T10:00:00Z", "head7", 666, false),
                artifact(25, "2026-11-22T11:00:00Z", "head7", 1, true),
                artifact(26, "2026-11-22T12:00:00Z", "head8", 1, false)));

        assertEquals(
                "run=23\nartifact=chartreuse-plan-head7\n", said.endsWith(0).out());
        said.says("pull request #7, commit head7");
        assertTrue(
                forge.requests().stream().anyMatch(request -> request.contains("name=chartreuse-plan-head7&")),
                forge.requests()::toString);
    }

    @Test
    void nothingIsAppliedThatNobodyReviewed() {
        forge.answer(PULLS, "[]");
        reviewed("").endsWith(1).says("no reviewed plan belongs to it");

        forge.answer(
                PULLS, "[" + pull(7, "merge1", "head7", OURS, "main").replace("'2026-11-22T07:00:00Z'", "null") + "]");
        reviewed("").endsWith(1).says("no reviewed plan belongs to it");

        forge.answer(PULLS, "[" + pull(7, "merge1", "head7", OURS, "main") + "]");
        reviewed("").endsWith(1).says("no plan of its last commit head7");
        reviewed(artifact(24, "2026-11-22T10:00:00Z", "head7", 666, false))
                .endsWith(1)
                .says("nothing is applied");
        reviewed(artifact(24, "2026-11-22T10:00:00Z", "head6", 1, false))
                .endsWith(1)
                .says("nothing is applied");

        for (String fork : List.of("{'full_name': 'mallory/shop'}", "null")) {
            forge.answer(PULLS, "[" + pull(7, "merge1", "head7", fork, "main") + "]");
            reviewed(artifact(24, "2026-11-22T10:00:00Z", "head7", 666, false))
                    .endsWith(1)
                    .says("is of a fork");
        }
        forge.refuse("GET", 403);
        desk.run("reviewed-plan-github").endsWith(1).says("the token may not do that");
        forge.close();
        desk.run("reviewed-plan-github").endsWith(1).says("no answer");
    }

    /** Any author of a workflow in this repository can give an artifact the name of a plan. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "workflows/deploy.yaml | workflows/other.yaml",
                "'event': 'pull_request' | 'event': 'pull_request_target'",
                "'head_sha': 'head7' | 'head_sha': 'head6'",
                "'head_repository': {'full_name': 'acme/shop'} | 'head_repository': {'full_name': 'mallory/shop'}",
                "'repository': {'full_name': 'acme/shop'} | 'repository': {'full_name': 'acme/other'}",
                "'success' | 'failure'",
                "'completed' | 'in_progress'",
                "T06:00:00Z | T11:00:00Z",
            })
    void aPlanThatTheTrustedWorkflowDidNotMakeIsRefused(String part, String other) {
        String run = run(23, "head7");
        assertTrue(run.contains(part), part);
        forge.answer(PULLS, "[" + pull(7, "merge1", "head7", OURS, "main") + "]");
        forge.answer("/repos/acme/shop/actions/runs/23", run.replace(part, other));
        PipelineDesk.Said said = reviewed(artifact(23, "2026-11-22T09:00:00Z", "head7", 1, false));
        assertEquals("", said.endsWith(1).out());
    }

    @Test
    void aSecondArtifactOfTheRunIsNotChosenFrom() {
        forge.answer(PULLS, "[" + pull(7, "merge1", "head7", OURS, "main") + "]");
        forge.answer("/repos/acme/shop/actions/runs/23", run(23, "head7"));
        reviewed(artifact(23, "2026-11-22T09:00:00Z", "head7", 1, false) + ","
                        + artifact(23, "2026-11-22T10:00:00Z", "head7", 1, false))
                .endsWith(1)
                .says("several plans of that name");
    }

    @Test
    void aPullRequestThatChangesWhatPlansIsNotTrusted() {
        forge.answer(PULLS, "[" + pull(7, "merge1", "head7", OURS, "main") + "]");
        forge.answer("/repos/acme/shop/actions/runs/23", run(23, "head7"));
        reviewed(artifact(23, "2026-11-22T09:00:00Z", "head7", 1, false)).endsWith(0);
        for (String file : List.of(
                "{'filename': '.github/chartreuse/scripts/plan'}",
                "{'filename': 'moved', 'previous_filename': '.github/workflows/deploy.yaml'}")) {
            forge.answer("/repos/acme/shop/pulls/7/files", "[" + file + "]");
            desk.run("reviewed-plan-github").endsWith(1).says("its plan is not trusted");
        }
    }

    @Test
    void aPullRequestWithMoreFilesThanAreListedIsNotTrusted() {
        forge.answer(PULLS, "[" + pull(7, "merge1", "head7", OURS, "main") + "]");
        forge.answer("/repos/acme/shop/actions/runs/23", run(23, "head7"));
        reviewed(artifact(23, "2026-11-22T09:00:00Z", "head7", 1, false)).endsWith(0);
        String files = String.join(",", Collections.nCopies(3000, "{'filename': 'docs/a'}"));
        forge.answer("/repos/acme/shop/pulls/7/files", "[" + files + "]");

        desk.run("reviewed-plan-github").endsWith(1).says("changes 3000 files or more");
    }
}
