package io.chartreuse.core.policy;

import com.fasterxml.jackson.core.JsonPointer;
import com.networknt.schema.Error;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.RuleVerdict;
import io.chartreuse.core.state.ReviewTerms;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The rules that plans of a release must keep. */
public final class Policies {

    /** At most so many details of one rule about one subject are reported. */
    private static final int DETAILS = 3;

    private final List<Rule> rules;

    private Policies(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads files of rules.
     *
     * @throws ChartreuseException with all that is wrong with any of them, each problem with its place
     */
    public static Policies read(List<Path> files) {
        List<Diagnostic> problems = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        for (Path file : files) {
            PolicyFile content = PolicyFile.read(file);
            problems.addAll(content.problems());
            rules.addAll(content.rules());
        }
        problems.addAll(twins(rules));
        if (!problems.isEmpty()) {
            throw new ChartreuseException(problems);
        }
        return new Policies(rules);
    }

    private static List<Diagnostic> twins(List<Rule> rules) {
        List<Diagnostic> problems = new ArrayList<>();
        Map<String, Rule> known = new HashMap<>();
        for (Rule rule : rules) {
            Rule first = known.putIfAbsent(rule.id(), rule);
            if (first != null) {
                problems.add(Diagnostic.error(
                                PolicyError.MALFORMED,
                                "a second rule has the id " + rule.id() + "; the first stands at " + first.place(),
                                "Give each rule an id of its own.")
                        .at(rule.place()));
            }
        }
        return problems;
    }

    /** The rules as they are recorded, by id. */
    public SortedMap<String, ReviewTerms.Rule> terms() {
        SortedMap<String, ReviewTerms.Rule> terms = new TreeMap<>();
        rules.forEach(rule -> terms.put(rule.id(), new ReviewTerms.Rule(rule.denies(), rule.digest())));
        return terms;
    }

    /** Whether a plan is judged at all. What only brings back is not: no rule may keep workloads down. */
    public static boolean concern(Plan plan) {
        return !plan.stages().stream().allMatch(stage -> stage.name().bringsBack());
    }

    /**
     * The rules that a plan breaks, in the order of files, rules and plan. SQL that is too large for the plan is read, where
     * it is at hand, once for all rules.
     *
     * @throws ChartreuseException where it can no longer be read
     */
    public List<RuleViolation> judge(Plan plan, PlanCircumstances occasion) {
        return judge(plan, occasion, UnaryOperator.identity());
    }

    /**
     * The same where the plan brings the SQL that runs ({@link Plan#withRunningSql}), secrets included: that is judged.
     *
     * @param redact masks secrets in what violations say
     */
    public List<RuleViolation> judge(Plan plan, PlanCircumstances occasion, UnaryOperator<String> redact) {
        if (!concern(plan)) {
            return List.of();
        }
        Subjects subjects = new Subjects(plan, occasion, redact);
        Map<Rule, List<RuleViolation>> violations = new LinkedHashMap<>();
        rules.stream()
                .filter(rule -> rule.on().contains(occasion.moment()))
                .forEach(rule -> violations.put(rule, new ArrayList<>(violations(rule, subjects))));
        List<Rule> ofMigrations = violations.keySet().stream()
                .filter(rule -> rule.each() == Subject.MIGRATION)
                .toList();
        Optional<Rule> forbidding =
                violations.keySet().stream().filter(Rule::forbidsSql).findFirst();
        if (!ofMigrations.isEmpty() || forbidding.isPresent()) {
            subjects.migrations(migration -> ofMigrations.forEach(rule -> violation(rule, migration.apply(rule.zone()))
                    .filter(found -> !isRepeated(found, violations.get(rule)))
                    .ifPresent(violations.get(rule)::add)));
        }
        List<RuleViolation> unreadable =
                forbidding.map(rule -> subjects.unreadable(rule.place())).orElse(List.of());
        return Stream.concat(unreadable.stream(), violations.values().stream().flatMap(List::stream))
                .toList();
    }

    private static List<RuleViolation> violations(Rule rule, Subjects subjects) {
        List<JudgedItem> judged = switch (rule.each()) {
            case PLAN -> List.of(subjects.plan(rule.zone()));
            case CHANGE -> subjects.changes(rule.zone());
            case MIGRATION -> List.of();
        };
        return judged.stream().flatMap(each -> violation(rule, each).stream()).toList();
    }

    /** Of a migration that is judged in pieces, the first piece that breaks the rule says so. */
    private static boolean isRepeated(RuleViolation violation, List<RuleViolation> before) {
        return !before.isEmpty()
                && before.get(before.size() - 1).message().equals(violation.message())
                && before.get(before.size() - 1).address().equals(violation.address());
    }

    /**
     * The verdict of each rule that was checked at that moment, for the record. Empty if the plan is not judged at all.
     *
     * @param violations that this moment's judgement found
     */
    public List<RuleVerdict> verdicts(Plan plan, CheckTime moment, List<RuleViolation> violations) {
        return concern(plan)
                ? rules.stream()
                        .filter(rule -> rule.on().contains(moment))
                        .map(rule -> verdict(rule, violations))
                        .toList()
                : List.of();
    }

    private static RuleVerdict verdict(Rule rule, List<RuleViolation> violations) {
        return new RuleVerdict(
                rule.id(),
                rule.denies(),
                Path.of(rule.place().file()).getFileName().toString(),
                rule.digest(),
                violations.stream()
                        .filter(violation -> violation.rule().equals(rule.id()))
                        .map(violation -> violation
                                .address()
                                .map(address -> address + ": " + violation.message())
                                .orElse(violation.message()))
                        .toList());
    }

    private static Optional<RuleViolation> violation(Rule rule, JudgedItem judged) {
        try {
            List<Error> errors = rule.schema().validate(judged.document());
            return errors.isEmpty()
                    ? Optional.empty()
                    : Optional.of(violation(
                            rule,
                            judged,
                            new ViolationReasons(judged).of(errors),
                            judged.address().or(() -> address(errors, judged))));
        } catch (RuleSchema.Undecided e) {
            return Optional.of(violation(
                    rule,
                    judged,
                    List.of("the rule cannot be decided, so it counts as broken: " + e.getMessage()),
                    judged.address()));
        }
    }

    private static RuleViolation violation(
            Rule rule, JudgedItem judged, List<String> details, Optional<Address> address) {
        return new RuleViolation(
                rule.id(),
                rule.denies(),
                judged.script().map(script -> script + ": " + rule.message()).orElse(rule.message()),
                rule.remedy(),
                address,
                details.stream().limit(DETAILS).toList(),
                rule.place());
    }

    /** Of a plan as a whole: the one change that all errors are in. */
    private static Optional<Address> address(List<Error> errors, JudgedItem judged) {
        List<Optional<Address>> found = errors.stream()
                .map(error -> change(pointer(error), judged))
                .distinct()
                .toList();
        return found.size() == 1 ? found.get(0) : Optional.empty();
    }

    private static Optional<Address> change(JsonPointer at, JudgedItem judged) {
        boolean within = at.toString().startsWith("/plan/changes/");
        return within
                ? Subjects.address(
                        judged.document().at("/plan/changes/" + at.tail().tail().getMatchingIndex()))
                : Optional.empty();
    }

    static JsonPointer pointer(Error error) {
        return JsonPointer.compile(error.getInstanceLocation().toString());
    }
}
