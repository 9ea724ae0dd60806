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
 * Follows an upgrade: says how far it is, lets nothing run that is not planned, and writes down what runs outside of a
 * transaction before it does.
 */
final class UpgradeWatch implements Conversation, AutoCloseable {

    private static final List<String> NOISE =
            List.of("Context impl ", "Will assume transactional DDL", "] Running upgrade ");

    /** The error that follows it says why. */
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

    /** The migration that was begun and has not ended. */
    Optional<Migration> current() {
        return current;
    }

    /** The process was ended because its server answers nothing. Called from another thread. */
    void serverHalted() {
        halted = true;
    }

    /** That as a lost connection; empty where the server answers. */
    Optional<SQLException> halt() {
        return halted
                ? Optional.of(new SQLException("the server answers no new connection", "08006"))
                : Optional.empty();
    }

    /** Those that are committed for certain. */
    List<Migration> committed() {
        return results.known();
    }

    /** Whether each that was begun has ended: what fails then is the commit, or {@code env.py}. */
    boolean isBetween() {
        return current.isEmpty() && results.any();
    }

    /** Whether the current one may have left something that no rollback takes back. */
    boolean mayHaveLeft() {
        return noted;
    }

    /** The line of the current one before which it has committed a transaction; 0 where it has not. */
    int committedBefore() {
        return committedBefore;
    }

    /** Why the progress could not be written down. */
    Optional<SQLException> unwritten() {
        return unwritten;
    }

    /** Writes down how it failed, where a statement of its own has not done so. */
    void failed(String state, String message) {
        if (noted && !failureNoted) {
            journal.ifPresent(open -> open.failed(state, message));
        }
    }

    /** An upgrade has failed, which left these revisions; empty where that is not known. */
    void reached(Optional<Set<String>> applied) {
        results.failed(current, applied);
    }

    /** One target is reached, and committed. */
    void reachedTarget() {
        results.committed();
    }

    /** All has ended well and is in the version table. */
    void end() throws SQLException {
        if (journal.isPresent()) {
            journal.get().end();
        }
    }

    /** Lets go of the connection that it writes with. */
    @Override
    public void close() {
        journal.ifPresent(ProgressJournal::close);
    }

    /** A line of the project's own, after the migration's name; what Alembic logs of its progress is known better. */
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

    /** It is committed as it is executed: from here on a failure leaves something. */
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

    /** What it has changed until now stays, whatever comes. */
    private ObjectNode commit(JsonNode event) throws SQLException {
        note(event);
        if (event.path("changed").asBoolean() && current.isPresent()) {
            committedBefore = event.path("line").asInt();
            journal.orElseThrow().committed(committedBefore);
        }
        return reply();
    }

    /** How the session finds what a statement was to build. */
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

    /** A connection that is lost tells nothing of the statement. */
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
