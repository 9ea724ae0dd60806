package io.chartreuse.provider.postgres.alembic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.provider.postgres.leader.LeaderCheck;
import io.chartreuse.provider.postgres.leftover.BuiltIndex;
import io.chartreuse.provider.postgres.leftover.ProgressJournal;
import io.chartreuse.provider.postgres.leftover.ProgressTable;
import io.chartreuse.provider.postgres.lock.PatientStatement;
import io.chartreuse.provider.postgres.migrate.MigrationRun;
import io.chartreuse.provider.postgres.server.Connector;
import io.chartreuse.spi.model.Migration;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows an upgrade: reports its progress, refuses migrations that are not planned, and records each statement outside
 * of a transaction before it runs.
 */
final class UpgradeWatch implements Conversation, AutoCloseable {

    private static final List<String> NOISE =
            List.of("Context impl ", "Will assume transactional DDL", "] Running upgrade ");

    /** Not shown, because the error that follows it has the reason. */
    private static final String TRACEBACK = "Traceback (most recent call last):";

    private final MigrationRun run;
    private final Connector connector;
    private final LeaderCheck leader;
    private Optional<ProgressJournal> journal = Optional.empty();
    private Optional<Migration> current = Optional.empty();
    private Optional<SQLException> unwritten = Optional.empty();
    private boolean noted;
    private boolean failureNoted;
    private int committedBefore;
    private volatile String title = "";
    private volatile boolean halted;
    private final UpgradeResults results;

    UpgradeWatch(MigrationRun run, Connector connector) {
        this.run = run;
        this.connector = connector;
        this.leader = new LeaderCheck(connector, run.progress());
        this.results = new UpgradeResults(run.progress());
    }

    /** The migration that has started and not ended. */
    Optional<Migration> current() {
        return current;
    }

    /** The process was ended because its server no longer answers. Called from another thread. */
    void serverHalted() {
        halted = true;
    }

    /** That failure as a lost connection; empty where the server answers. */
    Optional<SQLException> halt() {
        return halted
                ? Optional.of(new SQLException("the server answers no new connection", "08006"))
                : Optional.empty();
    }

    /** The migrations that are certainly committed. */
    List<Migration> committed() {
        return results.known();
    }

    /** Whether each started migration has ended: then the commit failed, or {@code env.py}. */
    boolean isBetween() {
        return current.isEmpty() && results.any();
    }

    /** Whether the current migration may have left something that a rollback does not remove. */
    boolean mayHaveLeft() {
        return noted;
    }

    /** The line before which the current migration has committed a transaction; 0 where it has not. */
    int committedBefore() {
        return committedBefore;
    }

    /** Why the progress could not be recorded. */
    Optional<SQLException> unwritten() {
        return unwritten;
    }

    /** Records the failure, unless one of the migration's own statements has been recorded as failed. */
    void failed(String state, String message) {
        if (noted && !failureNoted) {
            journal.ifPresent(open -> open.failed(state, message));
        }
    }

    /** An upgrade has failed; the revisions that the database has; empty where these are not known. */
    void reached(Optional<Set<String>> applied) {
        results.failed(current, applied);
    }

    /** One target is reached and committed. */
    void reachedTarget() {
        results.committed();
    }

    /** The upgrade has succeeded and is in the version table. */
    void end() throws SQLException {
        if (journal.isPresent()) {
            journal.get().end();
        }
    }

    /** Closes the connection of the progress record. */
    @Override
    public void close() {
        journal.ifPresent(ProgressJournal::close);
    }

    /** Reports a line of the project's output with the migration's name; leaves out Alembic's log of its progress. */
    void printed(String line) {
        if (!line.isBlank() && !line.strip().equals(TRACEBACK) && NOISE.stream().noneMatch(line::contains)) {
            run.progress().report(title.isEmpty() ? line.strip() : title + " | " + line.strip());
        }
    }

    @Override
    public Optional<ObjectNode> on(JsonNode event) {
        try {
            return switch (event.path("event").asText()) {
                case "begin" -> Optional.of(begin(event.path("revision").asText()));
                case "statement" -> Optional.of(statement(event));
                case "commit" -> Optional.of(commit(event));
                case "done" -> done();
                case "built" -> Optional.of(built(event));
                case "index" -> Optional.of(index(event));
                case "failed" -> failed(event);
                case "applied" -> applied(event);
                default -> Optional.empty();
            };
        } catch (SQLException e) {
            unwritten = Optional.of(e);
            return Optional.of(reply().put("refused", "the progress of a migration could not be written down"));
        }
    }

    private ObjectNode begin(String revision) {
        current = planned(revision);
        noted = false;
        failureNoted = false;
        committedBefore = 0;
        if (current.isEmpty()) {
            return reply().put("refused", "revision " + revision + " is not in the plan");
        }
        results.begun();
        title = "migration " + (run.pending().indexOf(current.get()) + 1) + " of "
                + run.pending().size() + ": " + current.get().script();
        run.progress().report(title);
        return reply();
    }

    private Optional<ObjectNode> applied(JsonNode event) {
        current.ifPresent(results::applied);
        if (event.path("committed").asBoolean()) {
            results.committed();
        }
        current = Optional.empty();
        title = "";
        return Optional.empty();
    }

    private Optional<ObjectNode> done() throws SQLException {
        if (journal.isPresent()) {
            journal.get().done();
        }
        return Optional.empty();
    }

    /** The statement is committed when it is executed: from here on a failure leaves something. */
    private ObjectNode statement(JsonNode event) throws SQLException {
        String sql = event.path("sql").asText();
        note(event);
        journal.orElseThrow().require(leader);
        failureNoted = false;
        journal.orElseThrow().statement(sql, event.path("line").asInt());
        Optional<BuiltIndex> there = isThere(sql);
        if (there.isPresent()) {
            run.progress()
                    .report(title + " | index " + there.get().qualifiedName()
                            + " is there and as the statement defines it: it is not built again");
            return reply().put("isDone", true);
        }
        Duration patience = PatientStatement.patience(connector.database().locks());
        return PatientStatement.is(sql) ? reply().put("lockTimeout", patience.toMillis()) : reply();
    }

    private Optional<BuiltIndex> isThere(String sql) throws SQLException {
        Optional<IndexStatement> build = IndexStatement.of(sql);
        return build.isEmpty() ? Optional.empty() : build.get().done(journal.orElseThrow());
    }

    /** The changes of the migration so far are committed and stay. */
    private ObjectNode commit(JsonNode event) throws SQLException {
        note(event);
        if (event.path("changed").asBoolean() && current.isPresent()) {
            committedBefore = event.path("line").asInt();
            journal.orElseThrow().committed(committedBefore);
        }
        return reply();
    }

    /** The query for the index that a statement was to build. */
    private static ObjectNode built(JsonNode event) {
        Optional<String> query = IndexStatement.of(event.path("sql").asText()).map(IndexStatement::lookup);
        return query.map(sql -> reply().put("query", sql)).orElseGet(UpgradeWatch::reply);
    }

    private ObjectNode index(JsonNode event) throws SQLException {
        Optional<IndexStatement.Complaint> complaint =
                IndexStatement.of(event.path("sql").asText()).flatMap(it -> it.complaint(event.path("found")));
        if (complaint.isEmpty()) {
            return reply();
        }
        if (!complaint.get().fails()) {
            run.progress().report(title + " | warning: " + complaint.get().message());
            return reply();
        }
        if (noted) {
            journal.orElseThrow()
                    .leftInvalid(complaint.get().index(), complaint.get().message());
            failureNoted = true;
        }
        return reply().put("refused", complaint.get().message());
    }

    private ObjectNode note(JsonNode event) throws SQLException {
        if (!noted && current.isPresent()) {
            ProgressJournal open = journal.orElseGet(() -> new ProgressJournal(connector, run.by(), table(event)));
            journal = Optional.of(open);
            open.begin(current.get(), event.path("server").asInt());
            noted = true;
        }
        return reply();
    }

    private static ProgressTable table(JsonNode event) {
        return ProgressTable.beside(
                Optional.ofNullable(event.path("schema").textValue()),
                event.path("table").asText());
    }

    /** Ignores a lost connection, which says nothing about the statement. */
    private Optional<ObjectNode> failed(JsonNode event) {
        if (!event.path("lost").asBoolean()) {
            failed(event.path("sqlstate").asText(""), event.path("message").asText());
            failureNoted = true;
        }
        return Optional.empty();
    }

    private Optional<Migration> planned(String revision) {
        return run.pending().stream()
                .filter(migration -> migration.version().equals(Optional.of(revision)))
                .findFirst();
    }

    private static ObjectNode reply() {
        return JsonNodeFactory.instance.objectNode();
    }
}
