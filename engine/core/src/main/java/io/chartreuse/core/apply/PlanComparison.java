package io.chartreuse.core.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.Stage;
import io.chartreuse.core.plan.StageName;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Change;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.model.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Plans once more from a fresh reading and says where the plan differs. Fingerprints say that the world has not moved since
 * the plan was made; this says that the plan was made from it. What may differ, and why, stands at the method that allows it.
 */
final class PlanComparison {

    /** The record may be written by those who may write plans, so warnings that come from it are not compared. */
    private static final String FROM_THE_RECORD = "drift.";

    private final Plan plan;
    private final PlanTerms terms;
    private final List<String> providers;
    private final UnaryOperator<String> redact;
    private final List<Resource> resources;
    private final boolean resumed;
    private final List<Diagnostic> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<List<Resource>> again = Optional.empty();

    /**
     * @param resources as just read, and found to be those that the plan was made from
     * @param providers the names of all that the configuration has
     * @param redact    masks secrets, as they are masked in plans
     * @param resumed   whether a run of the plan is on record: databases and workloads may be half-way
     */
    PlanComparison(
            Plan plan,
            PlanTerms terms,
            List<Resource> resources,
            List<String> providers,
            UnaryOperator<String> redact,
            boolean resumed) {
        this.plan = plan;
        this.terms = terms;
        this.resources = resources;
        this.providers = providers;
        this.redact = redact;
        this.resumed = resumed;
    }

    /** Reads the resources once more. */
    @FunctionalInterface
    interface Rereading {
        List<Resource> read() throws InterruptedException;
    }

    /**
     * Compares. A plan that this process has just made to bring workloads back is not compared: it leaves out migrations on
     * purpose.
     *
     * @param rereading asked once at most, where SQL differs in its literals only
     */
    PlanComparison run(Rereading rereading) throws InterruptedException {
        if (terms.restoreOnly()) {
            return this;
        }
        terms();
        providers.stream()
                .filter(name -> !plan.providers().contains(name))
                .forEach(name -> differs("it was made without asking provider " + name));
        changes(rereading);
        order();
        return this;
    }

    /** Why the plan is not executed; empty where it is what would be planned. */
    List<Diagnostic> differences() {
        return List.copyOf(differences);
    }

    /** Where it tells otherwise, and that is no reason to refuse it. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void terms() {
        if (plan.strategy() != terms.strategy()) {
            differs("its strategy is " + plan.strategy().word() + ", the configuration's is "
                    + terms.strategy().word());
        }
        if (plan.onFailure() != terms.onFailure()) {
            differs("its onFailure is " + plan.onFailure().word() + ", the configuration's is "
                    + terms.onFailure().word());
        }
    }

    private void changes(Rereading rereading) throws InterruptedException {
        Map<Address, Change> planned =
                plan.changes().stream().collect(Collectors.toMap(Change::address, change -> change, (a, b) -> a));
        for (Change now : Differ.diff(resources, intent())) {
            Change known = planned.get(now.address());
            if (known != null) {
                compare(known, now, rereading);
            } else if (!now.unchanged()) { // of a new plan, freshness says so too
                differs(now.address(), "has " + now.actions() + " to be done to it, the plan does not know it");
            }
        }
    }

    /** Only before a deployment that follows do workloads stay down, and then all of them. */
    private Intent intent() {
        boolean startsAny = plan.stages().stream().anyMatch(stage -> stage.name() == StageName.RESTORE);
        return plan.strategy() == Strategy.BEFORE && !startsAny ? Intent.MIGRATE : Intent.MIGRATE_AND_RESTORE;
    }

    private void compare(Change planned, Change now, Rereading rereading) throws InterruptedException {
        boolean unmoved = planned.before().equals(now.before());
        if (planned.role() != now.role() || planned.role() == Role.QUIESCE && planned.order() != now.order()) {
            differs(planned.address(), "is of another role or order");
        } else if (!planned.actions().containsAll(now.actions())
                || unmoved && !resumed && !planned.actions().equals(now.actions())) {
            differs(
                    planned.address(),
                    "has " + now.actions() + " to be done to it, the plan says " + planned.actions());
        } else if (planned.role() == Role.MIGRATE) {
            database(planned, now, rereading);
        } else {
            if (!planned.unchanged() && !now.unchanged()) {
                states(planned, now);
            }
            words(planned, now);
        }
    }

    /** What moves by itself, as the replicas under an autoscaler, differs in all states; what did not move is the same in all. */
    private void states(Change planned, Change now) {
        ObjectNode during = planned.during().orElse(planned.after());
        ObjectNode duringNow = now.during().orElse(now.after());
        for (String member : members(planned, now)) {
            boolean unmoved = same(planned.before(), now.before(), member);
            if (unmoved && !(same(planned.after(), now.after(), member) && same(during, duringNow, member))) {
                differs(planned.address(), "is to become something else than what the plan says (" + member + ")");
            }
        }
    }

    private static TreeSet<String> members(Change planned, Change now) {
        TreeSet<String> names = new TreeSet<>();
        for (ObjectNode state : List.of(planned.before(), planned.after(), now.before(), now.after())) {
            state.fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    private static boolean same(JsonNode one, JsonNode other, String member) {
        return one.path(member).equals(other.path(member));
    }

    private void database(Change planned, Change now, Rereading rereading) throws InterruptedException {
        boolean elsewhere = !resumed && !planned.before().equals(now.before());
        if (elsewhere || !now.unchanged() && !planned.after().equals(now.after())) {
            differs(
                    planned.address(),
                    "goes from " + now.before() + " to " + now.after() + ", the plan says otherwise");
            return;
        }
        migrations(planned, now, rereading);
        words(planned, now);
    }

    /** Of a run that is resumed, those that are left: the others are in the database's history. */
    private void migrations(Change planned, Change now, Rereading rereading) throws InterruptedException {
        List<Migration> pending = now.migrations();
        List<Migration> listed = resumed ? left(planned.migrations(), pending) : planned.migrations();
        if (!bare(listed).equals(bare(pending))) {
            differs(planned.address(), "has other pending migrations than the plan lists");
            return;
        }
        for (int i = 0; i < pending.size(); i++) {
            Migration migration = pending.get(i);
            if (!showsSql(listed.get(i), migration)
                    && !rendered(planned.address(), listed.get(i), migration, rereading)) {
                differs(planned.address(), "executes other SQL for " + migration.script() + " than the plan shows");
            }
            if (!resumed && !note(listed.get(i), migration)) {
                differs(planned.address(), "has another note on " + migration.script() + " than the plan shows");
            }
        }
    }

    private static List<Migration> left(List<Migration> planned, List<Migration> pending) {
        List<Migration> bare = bare(pending);
        return planned.stream()
                .filter(migration -> bare.contains(migration.withoutSql()))
                .toList();
    }

    private static List<Migration> bare(List<Migration> migrations) {
        return migrations.stream().map(Migration::withoutSql).toList();
    }

    private boolean note(Migration planned, Migration now) {
        return masked(planned.note()).equals(masked(now.note()));
    }

    private Optional<String> masked(Optional<String> text) {
        return text.map(redact);
    }

    private boolean showsSql(Migration planned, Migration now) {
        if (planned.largeSql().isPresent() || now.largeSql().isPresent()) {
            return planned.largeSql()
                    .or(planned::readableSql)
                    .equals(now.readableSql().map(sql -> sql.with(redact)));
        }
        return masked(planned.sql()).equals(masked(now.sql()));
    }

    /** SQL that is rendered anew may hold the time of day in its literals. What is read from a file does not. */
    private boolean rendered(Address address, Migration planned, Migration now, Rereading rereading)
            throws InterruptedException {
        if (planned.sql().isEmpty() || now.sql().isEmpty()) {
            return false;
        }
        if (again.isEmpty()) {
            again = Optional.of(rereading.read());
        }
        return again.get().stream()
                .filter(resource -> resource.address().equals(address))
                .flatMap(resource -> resource.migrations().stream())
                .filter(other -> other.withoutSql().equals(now.withoutSql()))
                .flatMap(other -> other.sql().stream())
                .anyMatch(sql -> RenderedSql.isSame(
                        redact.apply(planned.sql().get()),
                        redact.apply(now.sql().get()),
                        redact.apply(sql)));
    }

    /**
     * Reasons and findings. Of gates neither is compared: they wait for what they tell of. The reason of a workload says how
     * many pods are ready at that moment. A run that stopped half-way gives its database other reasons and findings, and a
     * plan that was made from the record says that it does not know all of them: both are then reported and refuse nothing.
     */
    private void words(Change planned, Change now) {
        if (planned.role() == Role.GATE) {
            return;
        }
        boolean strict = !resumed && plan.basis().isEmpty();
        if (!resumed && planned.role() == Role.MIGRATE && !same(planned.reason(), now.reason())) {
            differs(
                    planned.address(),
                    "is planned because it " + SafeText.of(redact.apply(now.reason())) + ", the plan says that it "
                            + SafeText.of(planned.reason()));
        }
        now.findings().stream()
                .filter(finding -> !finding.code().code().startsWith(FROM_THE_RECORD))
                .filter(finding -> planned.findings().stream().noneMatch(shown -> same(shown, finding)))
                .map(finding -> (finding.isError() ? "has a problem" : "has a warning")
                        + " that the plan does not show: " + redact.apply(finding.summary()))
                .forEach(what -> {
                    if (strict) {
                        differs(planned.address(), what);
                    } else {
                        notes.add(planned.address() + " " + what);
                    }
                });
    }

    private boolean same(Diagnostic shown, Diagnostic finding) {
        return shown.code().code().equals(finding.code().code())
                && same(shown.summary(), finding.summary())
                && same(shown.remedy(), finding.remedy());
    }

    private boolean same(String shown, String now) {
        return redact.apply(shown).equals(redact.apply(now));
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
                    differs(second.address(), "comes after " + first.address() + ", in the plan it does not");
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

    private void differs(Address address, String what) {
        differences.add(difference(address + " " + what).about(address));
    }

    private void differs(String what) {
        differences.add(difference(what));
    }

    private Diagnostic difference(String what) {
        return Diagnostic.error(
                ApplyError.CONTRADICTED,
                "plan " + plan.shortId() + " is not what would be planned now: " + what,
                "Make a new plan with `chartreuse plan`, review it, apply it. Where this one was not stale, find out who"
                        + " wrote it.");
    }
}
