package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.cli.document.ErrorPages.ErrorPage;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.policy.RuleViolation;
import io.chartreuse.core.session.Version;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.Location;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Findings as a SARIF 2.1.0 log, for code scanning. Nothing found is a log too: it closes what was found before. */
public final class SarifDocument {

    /** The one that GitHub compares; where it is missing, results at the same place are taken for one. */
    private static final String FINGERPRINT = "primaryLocationLineHash";

    private static final int DIGITS = 16;

    private static final String BASIS = "plan.basis";

    private final Location elsewhere;
    private final SourceRoot root = SourceRoot.around(Path.of(""));
    private final SarifRules rules = new SarifRules();
    private final ArrayNode results = Json.object().arrayNode();
    private final Set<String> reported = new HashSet<>();
    private final Map<String, Integer> occurrences = new HashMap<>();

    private SarifDocument(Path configuration) {
        this.elsewhere = Location.of(configuration.toString());
    }

    /**
     * What is wrong with a configuration or its files, or kept a plan from being made; may be nothing.
     *
     * @param configuration where problems are that stand in no file of their own
     */
    public static ObjectNode of(List<Diagnostic> diagnostics, Path configuration) {
        SarifDocument document = new SarifDocument(configuration);
        diagnostics.forEach(document::result);
        return document.whole();
    }

    /**
     * A plan's warnings, and the rules that it breaks: each under the rule's own id.
     *
     * @param configuration where findings are that stand in no file of their own
     */
    public static ObjectNode of(Plan plan, List<RuleViolation> violations, Path configuration) {
        SarifDocument document = new SarifDocument(configuration);
        plan.basis().ifPresent(basis -> document.note(basis.described()));
        violations.forEach(document::result);
        plan.changes()
                .forEach(change ->
                        change.findings().forEach(finding -> document.result(finding.about(change.address()))));
        return document.whole();
    }

    private static String level(Diagnostic diagnostic) {
        return diagnostic.isError() ? "error" : "warning";
    }

    private ObjectNode whole() {
        ObjectNode document = Json.object();
        document.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        document.put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Chartreuse").put("version", Version.current());
        driver.set("rules", rules.descriptors());
        run.putObject("originalUriBaseIds")
                .putObject(SourceRoot.BASE)
                .putObject("description")
                .put("text", "The root of the repository.");
        run.set("results", results);
        return document;
    }

    private void result(Diagnostic diagnostic) {
        result(diagnostic.code().code(), diagnostic, new ErrorPage(diagnostic.summary(), diagnostic.remedy(), ""));
    }

    private void result(RuleViolation violation) {
        result(
                "policy/" + violation.rule(),
                violation.diagnostic(),
                new ErrorPage(violation.message(), violation.remedy(), ""));
    }

    private void result(String rule, Diagnostic diagnostic, ErrorPage otherwise) {
        Location place = place(diagnostic);
        String address = diagnostic.address().map(about -> about + ": ").orElse("");
        String text = (address + diagnostic.summary() + "\n" + diagnostic.remedy()).strip();
        if (!reported.add(rule + "\n" + place + "\n" + text)) {
            return;
        }
        ObjectNode result = results.addObject();
        result.put("ruleId", rule).put("ruleIndex", rules.index(rule, level(diagnostic), otherwise));
        result.put("level", level(diagnostic));
        result.putObject("message").put("text", text);
        ObjectNode location = result.putArray("locations").addObject();
        location.set("physicalLocation", physical(place));
        diagnostic
                .address()
                .ifPresent(about -> location.putArray("logicalLocations")
                        .addObject()
                        .put("fullyQualifiedName", about.toString())
                        .put("kind", "resource"));
        result.putObject("partialFingerprints").put(FINGERPRINT, fingerprint(rule, place, address, diagnostic));
    }

    /**
     * Equal for the same problem, even if its line or the numbers in its message have changed; problems that would have
     * the same fingerprint are numbered.
     */
    private String fingerprint(String rule, Location place, String address, Diagnostic diagnostic) {
        String subject = diagnostic.summary().replaceAll("\\b\\d[\\w.:-]*", "0");
        String file = physical(place).at("/artifactLocation/uri").asText();
        String digest = Sha256.of(String.join("\n", rule, file, place.path(), address, subject));
        String hash = digest.substring(digest.indexOf(':') + 1).substring(0, DIGITS);
        return hash + ":" + occurrences.merge(hash, 1, Integer::sum);
    }

    private Location place(Diagnostic diagnostic) {
        return diagnostic
                .location()
                .filter(place -> !place.file().isEmpty())
                .orElseGet(() -> new Location(
                        elsewhere.file(),
                        0,
                        0,
                        diagnostic.location().map(Location::path).orElse("")));
    }

    /** What a reviewer has to know of the plan as a whole. */
    private void note(String text) {
        ErrorPage page = new ErrorPage("The plan was made from a record, not from the world as it stands.", "", "");
        ObjectNode result = results.addObject();
        result.put("ruleId", BASIS)
                .put("ruleIndex", rules.index(BASIS, "note", page))
                .put("level", "note");
        result.putObject("message").put("text", text);
        result.putArray("locations").addObject().set("physicalLocation", physical(elsewhere));
        result.putObject("partialFingerprints").put(FINGERPRINT, BASIS + ":1");
    }

    private ObjectNode physical(Location place) {
        ObjectNode physical = Json.object();
        physical.set("artifactLocation", root.location(Path.of(place.file())));
        ObjectNode region = physical.putObject("region").put("startLine", Math.max(1, place.line()));
        if (place.column() > 0) {
            region.put("startColumn", place.column());
        }
        return physical;
    }
}
