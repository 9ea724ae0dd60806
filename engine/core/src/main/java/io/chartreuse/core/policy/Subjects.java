package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.secret.Redactor;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.LargeSql;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.model.Migration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What of a plan has to satisfy rules, as documents: the plan's own with what rules need besides ({@code statements},
 * {@code sqlComplete} and {@code dynamicSql} of each migration, and the context). Reads nothing but the SQL that is too
 * large for the plan, where it is at hand.
 */
final class Subjects {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ObjectNode plan;
    private final List<Change> changes;
    private final PlanCircumstances occasion;
    private final UnaryOperator<String> redact;
    private final boolean alone;
    private final Map<String, Unreadable> unreadable = new LinkedHashMap<>();

    private record Unreadable(Address address, String script, String why) {}

    /** @param redact masks secrets in what is shown */
    Subjects(Plan plan, PlanCircumstances occasion, UnaryOperator<String> redact) {
        this.plan = plan.document().deepCopy();
        this.changes = plan.changes();
        this.occasion = occasion;
        this.redact = redact;
        this.alone = changes.stream()
                .flatMap(change -> change.migrations().stream())
                .noneMatch(migration ->
                        migration.largeSql().filter(LargeSql::isReadable).isPresent());
        for (int i = 0; i < changes.size(); i++) {
            List<Migration> migrations = changes.get(i).migrations();
            JsonNode change = this.plan.path("changes").path(i);
            for (int j = 0; j < migrations.size(); j++) {
                complete(change, (ObjectNode) change.path("migrations").path(j), migrations.get(j));
            }
        }
    }

    /** Puts the SQL that runs into the place of that which the plan shows, where it is at hand. */
    private void complete(JsonNode change, ObjectNode migration, Migration running) {
        Optional<LargeSql> readable = running.largeSql().filter(LargeSql::isReadable);
        if (migration.has("sql") && readable.isPresent()) {
            migration.put("sql", text(readable.get()));
        }
        Optional<String> sql = Optional.ofNullable(migration.get("sql")).map(JsonNode::asText);
        tell(migration, sql).ifPresent(why -> unreadable(change, migration, why));
        if (alone && sql.filter(Redactor::isMasked).isPresent()) {
            migration.put("sqlComplete", false);
        }
    }

    private static String text(LargeSql sql) {
        StringBuilder text = new StringBuilder();
        sql.read(new LargeSql.Pieces() {
            @Override
            public void statements(String piece) {
                text.append(piece);
            }

            @Override
            public void rows(String piece) {
                text.append(piece);
            }
        });
        return text.toString();
    }

    private void unreadable(JsonNode change, JsonNode migration, String why) {
        if (does(change) && isExecuted(migration)) {
            String script = migration.path("script").asText();
            Address address = address(change).orElseThrow();
            unreadable.putIfAbsent(address + " " + script, new Unreadable(address, script, why));
        }
    }

    /** What runs and cannot be read. Of what comes in pieces, once they were handed over. @param asking where a rule stands */
    List<RuleViolation> unreadable(Location asking) {
        return unreadable.values().stream()
                .map(found -> RuleViolation.unreadable(found.script(), found.why(), found.address(), asking))
                .toList();
    }

    /** @param zone of the time that the context tells */
    JudgedItem plan(ZoneId zone) {
        return judged(whole(zone), Optional.empty(), Optional.empty());
    }

    /** Each change that does something. @param zone of the time that the context tells */
    List<JudgedItem> changes(ZoneId zone) {
        ObjectNode whole = whole(zone);
        return documents()
                .filter(Subjects::does)
                .map(change -> {
                    ObjectNode document = Json.object();
                    document.set("change", change);
                    document.setAll(whole);
                    return judged(document, address(change), Optional.empty());
                })
                .toList();
    }

    /**
     * Hands over each migration that runs, in the order of the plan. One whose SQL is too large for the plan comes in pieces,
     * where it can be read: each holds some of its statements, and together they are all.
     *
     * @param judge asks for the document with the time in the zone that it needs
     */
    void migrations(Consumer<Function<ZoneId, JudgedItem>> judge) {
        for (int i = 0; i < changes.size(); i++) {
            JsonNode change = plan.path("changes").get(i);
            if (does(change)) {
                List<Migration> migrations = changes.get(i).migrations();
                IntStream.range(0, migrations.size())
                        .filter(j -> isExecuted(change.path("migrations").get(j)))
                        .forEach(j -> migration(
                                migrations.get(j).largeSql(),
                                change,
                                (ObjectNode) change.path("migrations").get(j),
                                judge));
            }
        }
    }

    private void migration(
            Optional<LargeSql> large,
            JsonNode change,
            ObjectNode migration,
            Consumer<Function<ZoneId, JudgedItem>> judge) {
        if (!migration.has("sql") && large.filter(LargeSql::isReadable).isPresent()) {
            large.get().read(piece -> {
                ObjectNode part = migration.deepCopy().put("sql", piece);
                tell(part, Optional.of(piece)).ifPresent(why -> unreadable(change, migration, why));
                judge.accept(zone -> migration(zone, change, part));
            });
        } else {
            judge.accept(zone -> migration(zone, change, migration));
        }
    }

    private JudgedItem migration(ZoneId zone, JsonNode change, JsonNode migration) {
        ObjectNode document = Json.object();
        document.set("migration", migration);
        document.set("change", change);
        document.setAll(whole(zone));
        return judged(
                document, address(change), Optional.of(migration.path("script").asText()));
    }

    private JudgedItem judged(ObjectNode document, Optional<Address> address, Optional<String> script) {
        return new JudgedItem(document, () -> masked(document), address, script);
    }

    /** The same for people. What of SQL is masked is masked before it is read: later a secret may look otherwise. */
    private ObjectNode masked(ObjectNode document) {
        ObjectNode shown = document.deepCopy();
        Stream.of(
                        Stream.of(shown.path("migration")),
                        stream(shown.path("change").path("migrations")),
                        stream(shown.path("plan").path("changes")).flatMap(change -> stream(change.path("migrations"))))
                .flatMap(migrations -> migrations)
                .filter(migration -> migration.has("sql"))
                .map(ObjectNode.class::cast)
                .forEach(migration -> {
                    String sql = redact.apply(migration.path("sql").asText());
                    tell(migration.put("sql", sql), Optional.of(sql));
                });
        return shown;
    }

    private ObjectNode whole(ZoneId zone) {
        ObjectNode whole = Json.object();
        whole.set("plan", plan);
        whole.set("context", context(zone));
        return whole;
    }

    static Optional<Address> address(JsonNode change) {
        return Optional.of(Address.parse(change.path("address").asText()));
    }

    private static boolean does(JsonNode change) {
        return !change.path("actions").isEmpty();
    }

    private Stream<JsonNode> documents() {
        return stream(plan.path("changes"));
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** What does not run (a file below the baseline) breaks no rule. */
    private static boolean isExecuted(JsonNode migration) {
        return Stream.of(Migration.Kind.values())
                .filter(kind -> !kind.isExecuted())
                .noneMatch(kind -> kind.word().equals(migration.path("kind").asText()));
    }

    /** @return what keeps it from being read */
    private static Optional<String> tell(ObjectNode migration, Optional<String> text) {
        String sql = text.orElse("");
        SqlStatements statements = SqlStatements.read(sql);
        statements.texts().forEach(migration.putArray("statements")::add);
        migration.put("dynamicSql", statements.dynamic());
        migration.put("sqlComplete", text.isPresent() && !Migration.isShortened(sql) && statements.isComplete());
        return statements.unread();
    }

    private ObjectNode context(ZoneId zone) {
        ObjectNode context = Json.object();
        context.put("command", occasion.moment().word());
        context.putObject("actor")
                .put("user", occasion.actor().user())
                .put("host", occasion.actor().host());
        context.put("approvals", occasion.approvals());
        context.set("now", now(occasion.time().atZone(zone)));
        return context;
    }

    private static ObjectNode now(ZonedDateTime time) {
        return Json.object()
                .put("time", time.toInstant().toString())
                .put("zone", time.getZone().getId())
                .put("date", time.toLocalDate().toString())
                .put("weekday", time.getDayOfWeek().name().toLowerCase(Locale.ROOT))
                .put("hour", time.getHour())
                .put("minute", time.getMinute())
                .put("clock", CLOCK.format(time));
    }
}
