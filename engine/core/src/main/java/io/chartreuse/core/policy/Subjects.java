package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.LargeSql;
import io.chartreuse.spi.Migration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
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
    private final Occasion occasion;

    Subjects(Plan plan, Occasion occasion) {
        this.plan = plan.document().deepCopy();
        this.changes = plan.changes();
        this.occasion = occasion;
        documents()
                .flatMap(change -> stream(change.path("migrations")))
                .map(ObjectNode.class::cast)
                .forEach(migration -> tell(migration, Optional.ofNullable(migration.get("sql"))));
    }

    /** @param zone of the time that the context tells */
    Judged plan(ZoneId zone) {
        return new Judged(whole(zone), Optional.empty(), Optional.empty());
    }

    /** Each change that does something. @param zone of the time that the context tells */
    List<Judged> changes(ZoneId zone) {
        ObjectNode whole = whole(zone);
        return documents()
                .filter(Subjects::does)
                .map(change -> {
                    ObjectNode document = Json.object();
                    document.set("change", change);
                    document.setAll(whole);
                    return new Judged(document, address(change), Optional.empty());
                })
                .toList();
    }

    /**
     * Hands over each migration that runs, in the order of the plan. One whose SQL is too large for the plan comes in pieces,
     * where it can be read: each holds some of its statements, and together they are all.
     *
     * @param judge asks for the document with the time in the zone that it needs
     */
    void migrations(Consumer<Function<ZoneId, Judged>> judge) {
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
            Optional<LargeSql> large, JsonNode change, ObjectNode migration, Consumer<Function<ZoneId, Judged>> judge) {
        if (large.filter(LargeSql::isReadable).isPresent()) {
            large.get().read(piece -> {
                ObjectNode part = migration.deepCopy().put("sql", piece);
                tell(part, Optional.of(part.get("sql")));
                judge.accept(zone -> migration(zone, change, part));
            });
        } else {
            judge.accept(zone -> migration(zone, change, migration));
        }
    }

    private Judged migration(ZoneId zone, JsonNode change, JsonNode migration) {
        ObjectNode document = Json.object();
        document.set("migration", migration);
        document.set("change", change);
        document.setAll(whole(zone));
        return new Judged(
                document, address(change), Optional.of(migration.path("script").asText()));
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

    private static void tell(ObjectNode migration, Optional<JsonNode> text) {
        String sql = text.map(JsonNode::asText).orElse("");
        SqlStatements statements = SqlStatements.read(sql);
        statements.texts().forEach(migration.putArray("statements")::add);
        migration.put("dynamicSql", statements.isDynamic());
        migration.put("sqlComplete", text.isPresent() && !Migration.isShortened(sql) && !statements.isDynamic());
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
