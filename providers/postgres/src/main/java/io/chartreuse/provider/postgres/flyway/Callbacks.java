package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.settings.MigrationSettings;
import io.chartreuse.spi.model.Migration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.flywaydb.core.api.callback.Event;

/** The SQL files that Flyway and Chartreuse run around migrations, in the order of their events. Pure. */
final class Callbacks {

    /** The events before the first migration and around each. */
    private static final Map<Event, String> BEFORE = new LinkedHashMap<>();

    private static final Map<Event, String> AFTER = new LinkedHashMap<>();

    static {
        BEFORE.put(Event.AFTER_CONNECT, "runs once connected");
        BEFORE.put(Event.BEFORE_VALIDATE, "runs before the history is compared with the files");
        BEFORE.put(Event.AFTER_VALIDATE, "runs once the history is compared with the files");
        BEFORE.put(Event.AFTER_VALIDATE_ERROR, "runs where the history contradicts the files");
        BEFORE.put(Event.CREATE_SCHEMA, "runs before a schema is created");
        BEFORE.put(Event.BEFORE_CREATE_SCHEMA, "runs before a schema is created");
        BEFORE.put(Event.BEFORE_BASELINE, "runs before the baseline");
        BEFORE.put(Event.AFTER_BASELINE, "runs after the baseline");
        BEFORE.put(Event.AFTER_BASELINE_ERROR, "runs where the baseline fails");
        BEFORE.put(Event.BEFORE_MIGRATE, "runs before all migrations");
        BEFORE.put(Event.BEFORE_EACH_MIGRATE, "runs before each migration");
        BEFORE.put(Event.BEFORE_EACH_MIGRATE_STATEMENT, "runs before each statement of a migration");
        BEFORE.put(Event.AFTER_EACH_MIGRATE_STATEMENT, "runs after each statement of a migration");
        BEFORE.put(Event.AFTER_EACH_MIGRATE_STATEMENT_ERROR, "runs where a statement of a migration fails");
        BEFORE.put(Event.AFTER_EACH_MIGRATE, "runs after each migration");
        BEFORE.put(Event.AFTER_EACH_MIGRATE_ERROR, "runs where a migration fails");
        AFTER.put(Event.AFTER_VERSIONED, "runs after the last versioned migration");
        AFTER.put(Event.BEFORE_REPEATABLES, "runs before the first repeatable migration");
        AFTER.put(Event.AFTER_MIGRATE_APPLIED, "runs after all migrations");
        AFTER.put(Event.AFTER_MIGRATE, "runs after all migrations");
        AFTER.put(Event.AFTER_MIGRATE_ERROR, "runs where migrating fails");
    }

    private final ScriptSet scripts;
    private final ScriptReview review;
    private final MigrationSettings settings;

    Callbacks(ScriptSet scripts, ScriptReview review, MigrationSettings settings) {
        this.scripts = scripts;
        this.review = review;
        this.settings = settings;
    }

    /**
     * One file.
     *
     * @param description the event, with the words of the file's name
     * @param when        it runs, for people
     * @param each        whether it runs within each migration
     */
    record Callback(Script script, String description, String when, boolean each) {
        Callback {
            Objects.requireNonNull(script, "script");
            Objects.requireNonNull(description, "description");
            Objects.requireNonNull(when, "when");
        }
    }

    /** All callbacks that run, in the plan's order. */
    static List<Callback> running(
            ScriptSet scripts, ScriptReview review, MigrationSettings settings, List<Migration> listed) {
        Callbacks callbacks = new Callbacks(scripts, review, settings);
        boolean taken = listed.stream().anyMatch(entry -> entry.kind() == Migration.Kind.BASELINE);
        return Stream.concat(callbacks.before(taken).stream(), callbacks.after().stream())
                .toList();
    }

    /** The callbacks before the first migration and around each. @param taken whether a baseline is written */
    List<Callback> before(boolean taken) {
        Map<Event, String> events = new LinkedHashMap<>(BEFORE);
        if (!taken) {
            events.keySet()
                    .removeIf(event -> event.getId().endsWith("Baseline") || event == Event.AFTER_BASELINE_ERROR);
        }
        if (!settings.options().acceptEdited().isEmpty()) {
            events.keySet().removeIf(event -> event.getId().contains("Validate"));
        }
        if (!settings.options().createSchemas()) {
            events.keySet().removeIf(event -> event == Event.CREATE_SCHEMA || event == Event.BEFORE_CREATE_SCHEMA);
        }
        return of(events);
    }

    /** The callbacks after versioned migrations or after all. */
    List<Callback> after() {
        return of(AFTER);
    }

    private List<Callback> of(Map<Event, String> events) {
        List<Callback> found = new ArrayList<>();
        events.forEach((event, when) -> scripts.all().stream()
                .filter(script -> review.event(script).filter(event::equals).isPresent())
                .sorted(Comparator.comparing(Script::getFilename))
                .forEach(script -> found.add(new Callback(script, described(event, script), when, isEach(event)))));
        return found;
    }

    private static boolean isEach(Event event) {
        return event.getId().contains("Each");
    }

    private String described(Event event, Script script) {
        String words = review.name(script).getDescription();
        return words == null || words.isEmpty() ? event.getId() : event.getId() + ": " + words;
    }
}
