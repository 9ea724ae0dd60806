package io.chartreuse.provider.postgres.settings;

import io.chartreuse.provider.postgres.problem.PostgresProblem;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** The order of databases by {@code after}. Pure. */
final class Dependencies {

    private final SortedMap<String, List<String>> after;
    private final List<Diagnostic> problems = new ArrayList<>();
    private final Map<String, Integer> orders = new HashMap<>();
    private final List<String> path = new ArrayList<>();

    /** @param after by the name of the database that waits, the names of those that it waits for */
    Dependencies(Map<String, List<String>> after) {
        this.after = new TreeMap<>(after);
        this.after.forEach(this::unknown);
        this.after.keySet().forEach(this::order);
    }

    /** All problems, each with the place of its setting. */
    List<Diagnostic> problems() {
        return List.copyOf(problems);
    }

    /** How many databases come before that one in a row; meaningless where there are problems. */
    int orderOf(String database) {
        return Objects.requireNonNull(orders.get(database), database);
    }

    private void unknown(String database, List<String> others) {
        for (int index = 0; index < others.size(); index++) {
            String other = others.get(index);
            if (other.equals(database)) {
                problems.add(problem(
                        PostgresProblem.CIRCULAR_DEPENDENCY,
                        database,
                        index,
                        "Database " + database + " is to come after itself.",
                        "Take it out of postgres.databases." + database + ".after."));
            } else if (!after.containsKey(other)) {
                problems.add(problem(
                        PostgresProblem.UNKNOWN_DEPENDENCY,
                        database,
                        index,
                        "Database " + database + " is to come after " + other + ", but there is no such database.",
                        "Name one of postgres.databases: " + String.join(", ", after.keySet()) + "."));
            }
        }
    }

    /** Goes down to the databases that wait for no other. Reports a cycle once, where it closes. */
    private int order(String database) {
        Integer known = orders.get(database);
        if (known != null) {
            return known;
        }
        path.add(database);
        int order = 0;
        List<String> others = after.get(database);
        for (int index = 0; index < others.size(); index++) {
            String other = others.get(index);
            if (other.equals(database) || !after.containsKey(other)) {
                continue;
            }
            if (path.contains(other)) {
                problems.add(circle(database, index, other));
            } else {
                order = Math.max(order, order(other) + 1);
            }
        }
        path.remove(database);
        orders.put(database, order);
        return order;
    }

    private Diagnostic circle(String database, int index, String other) {
        List<String> members = new ArrayList<>(path.subList(path.indexOf(other), path.size()));
        members.add(other);
        return problem(
                PostgresProblem.CIRCULAR_DEPENDENCY,
                database,
                index,
                "Databases wait for each other in a circle: " + String.join(" after ", members) + ".",
                "Take one of them out of the other's after.");
    }

    private static Diagnostic problem(PostgresProblem code, String database, int index, String summary, String remedy) {
        return Diagnostic.error(code, summary, remedy)
                .about(new Address(DatabaseSettings.TYPE, database))
                .at(Location.ofSetting("/postgres/databases/" + database + "/after/" + index));
    }
}
