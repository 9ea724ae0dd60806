package io.chartreuse.core.apply;

import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.core.policy.SqlStatements;
import io.chartreuse.spi.Address;
import io.chartreuse.spi.Change;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Migration;
import io.chartreuse.spi.Resource;
import io.chartreuse.spi.Role;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Plans once more from a fresh reading and says what the plan leaves out or tells otherwise. Fingerprints say that the
 * world has not moved since the plan was made; this says that the plan was made from it. So nobody is shown other SQL than
 * what runs, and no workload is left running beside a migration because its stop was taken out of the file. Of plans that
 * only bring workloads back, those from a record are asked: keeping workloads down protects nobody. Pure.
 */
final class Counterproof {

    private final Plan plan;
    private final List<Resource> resources;
    private final UnaryOperator<String> redact;
    private final List<Diagnostic> contradictions = new ArrayList<>();

    private Counterproof(Plan plan, List<Resource> resources, UnaryOperator<String> redact) {
        this.redact = redact;
        this.plan = plan;
        this.resources = resources;
    }

    /**
     * What contradicts the plan; empty where nothing does.
     *
     * @param resources as just read, and found to be those that the plan was made from
     * @param providers the names of all that the configuration has
     * @param redact    masks secrets, as they are masked in plans
     */
    static List<Diagnostic> of(
            Plan plan, List<Resource> resources, List<String> providers, UnaryOperator<String> redact) {
        Counterproof proof = new Counterproof(plan, resources, redact);
        if (plan.isEmpty() || plan.basis().isPresent() || migrates(plan)) {
            providers.stream().filter(name -> !plan.providers().contains(name)).forEach(proof::unread);
            proof.changes();
            proof.order();
        }
        return proof.contradictions;
    }

    private static boolean migrates(Plan plan) {
        return plan.changes().stream().anyMatch(change -> change.actions().contains("migrate"));
    }

    private void unread(String provider) {
        contradictions.add(contradiction("it was made without asking provider " + provider));
    }

    private void changes() {
        Map<Address, Change> wanted = new HashMap<>();
        Differ.diff(resources, intent()).forEach(change -> wanted.put(change.address(), change));
        plan.changes()
                .forEach(planned ->
                        Optional.ofNullable(wanted.get(planned.address())).ifPresent(now -> compare(planned, now)));
    }

    /** Only before a deployment that follows do workloads stay down, and then all of them. */
    private Intent intent() {
        boolean startsAny = plan.stages().stream().anyMatch(stage -> stage.name() == StageName.RESTORE);
        return plan.strategy() == Strategy.BEFORE && !startsAny ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE;
    }

    private void compare(Change planned, Change now) {
        if (planned.role() != now.role() || planned.role() == Role.QUIESCE && planned.order() != now.order()) {
            contradicted(planned, "is of another role or order");
        } else if (!planned.actions().containsAll(now.actions())) {
            contradicted(planned, "has " + now.actions() + " to be done to it, the plan says " + planned.actions());
        } else if (planned.role() == Role.MIGRATE) {
            migration(planned, now);
        } else if (planned.before().equals(now.before()) && !planned.unchanged()) {
            states(planned, now);
        }
    }

    /** Where something has moved that may move by itself, nothing is known of the states. */
    private void states(Change planned, Change now) {
        if (!planned.during().equals(now.during()) || !planned.after().equals(now.after())) {
            contradicted(planned, "is to become something else than what the plan says");
        }
    }

    private void migration(Change planned, Change now) {
        if (!planned.before().equals(now.before()) || !planned.after().equals(now.after())) {
            contradicted(planned, "goes from " + now.before() + " to " + now.after() + ", the plan says otherwise");
            return;
        }
        List<Migration> pending = now.migrations();
        if (!bare(planned.migrations()).equals(bare(pending))) {
            contradicted(planned, "has other pending migrations than the plan lists");
            return;
        }
        for (int i = 0; i < pending.size(); i++) {
            if (!tells(planned.migrations().get(i), pending.get(i))) {
                contradicted(planned, "executes other SQL for " + pending.get(i).script() + " than the plan shows");
            }
        }
    }

    private static List<Migration> bare(List<Migration> migrations) {
        return migrations.stream().map(Migration::withoutSql).toList();
    }

    private boolean tells(Migration planned, Migration now) {
        if (planned.largeSql().isPresent() || now.largeSql().isPresent()) {
            return planned.largeSql()
                    .or(planned::readableSql)
                    .equals(now.readableSql().map(sql -> sql.with(redact)));
        }
        Optional<String> told = now.sql().map(redact);
        return told.isEmpty() || planned.sql().equals(told) || planned.sql().isPresent() && tells(planned, told.get());
    }

    /** SQL that is rendered anew may hold the time of day in its literals; a plan of an older format holds the beginning. */
    private static boolean tells(Migration planned, String told) {
        String sql = planned.sql().orElseThrow();
        return Migration.isShortened(sql)
                ? told.startsWith(sql.substring(0, sql.lastIndexOf('\n')))
                : SqlStatements.of(sql).equals(SqlStatements.of(told));
    }

    /** Databases that come after others do so in the plan, too. */
    private void order() {
        for (Resource first : resources) {
            for (Resource second : resources) {
                boolean follows = first.role() == Role.MIGRATE
                        && second.role() == Role.MIGRATE
                        && first.order() < second.order()
                        && stage(first.address()) >= stage(second.address());
                if (follows && stage(first.address()) >= 0 && stage(second.address()) >= 0) {
                    contradictions.add(contradiction(
                                    second.address() + " comes after " + first.address() + ", in the plan it does not")
                            .about(second.address()));
                }
            }
        }
    }

    private int stage(Address address) {
        for (int i = 0; i < plan.stages().size(); i++) {
            Stage stage = plan.stages().get(i);
            if (stage.name() == StageName.MIGRATE
                    && stage.steps().stream().anyMatch(step -> step.address().equals(address))) {
                return i;
            }
        }
        return -1;
    }

    private void contradicted(Change change, String what) {
        contradictions.add(contradiction(change.address() + " " + what).about(change.address()));
    }

    private Diagnostic contradiction(String what) {
        return Diagnostic.error(
                ApplyError.CONTRADICTED,
                "plan " + plan.shortId() + " is not what would be planned now: " + what,
                "Make a new plan with `chartreuse plan`, review it, apply it. Where this one was not stale, find out who"
                        + " wrote it.");
    }
}
