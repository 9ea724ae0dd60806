package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Which settings differ between two trees of {@link SettingDigests}, in words. One of them may come from outside. */
public final class SettingChanges {

    private static final int SHOWN = 5;

    private final List<String> changed = new ArrayList<>();
    private final List<String> unsaid = new ArrayList<>();

    private SettingChanges() {}

    /**
     * {@code postgres.databases.main.migrations.target was changed}; empty where nothing is known of any.
     *
     * @param then of the plan; empty in plans of older versions
     * @param now  of the configuration in force
     */
    public static String said(ObjectNode then, ObjectNode now) {
        if (then.isEmpty()) {
            return "";
        }
        SettingChanges changes = new SettingChanges();
        changes.compare("", then, now);
        if (!changes.changed.isEmpty()) {
            return several(changes.changed);
        }
        return changes.unsaid.isEmpty()
                ? "a default of this version of Chartreuse is another one"
                : "plans hold nothing to compare of " + several(changes.unsaid);
    }

    private void compare(String path, JsonNode then, JsonNode now) {
        TreeSet<String> names = new TreeSet<>();
        then.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        names.forEach(name -> setting(
                path.isEmpty() ? SafeText.plain(name) : path + "." + SafeText.plain(name),
                then.get(name),
                now.get(name)));
    }

    private void setting(String path, JsonNode then, JsonNode now) {
        if (then == null) {
            changed.add(path + " was added");
        } else if (now == null) {
            changed.add(path + " was removed");
        } else if (then.isObject() || now.isObject()) {
            compare(path, then.isObject() ? then : Json.object(), now.isObject() ? now : Json.object());
        } else if (!then.equals(now)) {
            changed.add(path + " was changed");
        } else if (then.asText().equals(SettingDigests.UNSAID)) {
            unsaid.add(path);
        }
    }

    private static String several(List<String> all) {
        int left = all.size() - SHOWN;
        String shown = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
        return left > 0 ? shown + " and " + left + " more" : shown;
    }
}
