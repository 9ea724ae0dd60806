package io.chartreuse.core.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Migration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What of a plan has to satisfy rules, as documents: the plan's own with what rules need besides, {@code statements} and
 * {@code sqlComplete} of each migration, and the context. Pure.
 */
final class Subjects {

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

    private final ObjectNode plan;
    private final Occasion occasion;

    Subjects(Plan plan, Occasion occasion) {
        this.plan = plan.document().deepCopy();
        this.occasion = occasion;
        changes(this.plan).flatMap(Subjects::migrations).forEach(migration -> tell((ObjectNode) migration));
    }

    /** @param zone of the time that the context tells */
    List<Judged> of(Subject each, ZoneId zone) {
        ObjectNode whole = Json.object();
        whole.set("plan", plan);
        whole.set("context", context(zone));
        Stream<JsonNode> changes =
                changes(plan).filter(change -> !change.path("actions").isEmpty());
        return switch (each) {
            case PLAN -> List.of(new Judged(whole, Optional.empty(), Optional.empty()));
            case CHANGE -> changes.map(change -> change(whole, change)).toList();
            case MIGRATION ->
                changes.flatMap(change -> migrations(change)
                                .filter(Subjects::isExecuted)
                                .map(migration -> migration(whole, change, migration)))
                        .toList();
        };
    }

    private static Judged change(ObjectNode whole, JsonNode change) {
        ObjectNode document = Json.object();
        document.set("change", change);
        document.setAll(whole);
        return new Judged(document, address(change), Optional.empty());
    }

    private static Judged migration(ObjectNode whole, JsonNode change, JsonNode migration) {
        ObjectNode document = Json.object();
        document.set("migration", migration);
        document.set("change", change);
        document.setAll(whole);
        return new Judged(
                document, address(change), Optional.of(migration.path("script").asText()));
    }

    static Optional<Address> address(JsonNode change) {
        return Optional.of(Address.parse(change.path("address").asText()));
    }

    private static Stream<JsonNode> changes(ObjectNode plan) {
        return stream(plan.path("changes"));
    }

    private static Stream<JsonNode> migrations(JsonNode change) {
        return stream(change.path("migrations"));
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

    private static void tell(ObjectNode migration) {
        String sql = migration.path("sql").asText("");
        SqlStatements.of(sql).forEach(migration.putArray("statements")::add);
        migration.put("sqlComplete", migration.has("sql") && !Migration.isShortened(sql));
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
