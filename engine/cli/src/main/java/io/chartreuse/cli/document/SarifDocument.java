package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.policy.Violation;
import io.chartreuse.core.session.Version;
import io.chartreuse.spi.Diagnostic;
import io.chartreuse.spi.Location;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Findings as a SARIF 2.1.0 log, for code scanning. */
public final class SarifDocument {

    private final Location elsewhere;
    private final List<String> ruleIds = new ArrayList<>();
    private final ArrayNode rules = Json.object().arrayNode();
    private final ArrayNode results = Json.object().arrayNode();

    private SarifDocument(Location elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Problems that kept a plan from being made. */
    public static ObjectNode of(List<Diagnostic> diagnostics) {
        SarifDocument document = new SarifDocument(Location.of("chartreuse.yaml"));
        diagnostics.forEach(diagnostic -> document.result(diagnostic.code().code(), diagnostic));
        return document.whole();
    }

    /**
     * A plan's warnings, and the rules that it breaks: each under the rule's own id.
     *
     * @param configuration where findings are that stand in no file of their own
     */
    public static ObjectNode of(Plan plan, List<Violation> violations, Path configuration) {
        SarifDocument document = new SarifDocument(Location.of(configuration.toString()));
        plan.basis().ifPresent(basis -> document.note(basis.described()));
        violations.forEach(violation -> document.result("policy/" + violation.rule(), violation.diagnostic()));
        plan.changes()
                .forEach(change -> change.findings()
                        .forEach(finding -> document.result(finding.code().code(), finding.about(change.address()))));
        return document.whole();
    }

    private ObjectNode whole() {
        ObjectNode document = Json.object();
        document.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        document.put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "Chartreuse").put("version", Version.current());
        driver.set("rules", rules);
        run.set("results", results);
        return document;
    }

    private void result(String rule, Diagnostic diagnostic) {
        ObjectNode result = results.addObject();
        result.put("ruleId", rule).put("ruleIndex", index(rule));
        result.put("level", diagnostic.isError() ? "error" : "warning");
        String address = diagnostic.address().map(about -> about + ": ").orElse("");
        result.putObject("message").put("text", (address + diagnostic.summary() + "\n" + diagnostic.remedy()).strip());
        ObjectNode location = result.putArray("locations").addObject();
        location.set("physicalLocation", physical(diagnostic.location().orElse(elsewhere)));
        diagnostic
                .address()
                .ifPresent(about -> location.putArray("logicalLocations")
                        .addObject()
                        .put("fullyQualifiedName", about.toString())
                        .put("kind", "resource"));
    }

    /** What a reviewer has to know of the plan as a whole. */
    private void note(String text) {
        ObjectNode result = results.addObject();
        result.put("ruleId", "plan.basis").put("ruleIndex", index("plan.basis")).put("level", "note");
        result.putObject("message").put("text", text);
        result.putArray("locations").addObject().set("physicalLocation", physical(elsewhere));
    }

    private int index(String rule) {
        if (!ruleIds.contains(rule)) {
            ruleIds.add(rule);
            rules.addObject().put("id", rule).putObject("shortDescription").put("text", rule);
        }
        return ruleIds.indexOf(rule);
    }

    private ObjectNode physical(Location place) {
        String file = place.file().isEmpty() ? elsewhere.file() : place.file();
        ObjectNode physical = Json.object();
        physical.putObject("artifactLocation").put("uri", uri(Path.of(file)));
        ObjectNode region = physical.putObject("region").put("startLine", Math.max(1, place.line()));
        if (place.column() > 0) {
            region.put("startColumn", place.column());
        }
        return physical;
    }

    /** From the working directory, where the file is in it: in a pipeline that is the repository. */
    private static String uri(Path file) {
        Path here = Path.of("").toAbsolutePath();
        Path whole = here.resolve(file).normalize();
        if (!whole.startsWith(here)) {
            return whole.toUri().toString();
        }
        try {
            return new URI(null, null, here.relativize(whole).toString().replace('\\', '/'), null).toASCIIString();
        } catch (URISyntaxException e) {
            return whole.toUri().toString();
        }
    }
}
