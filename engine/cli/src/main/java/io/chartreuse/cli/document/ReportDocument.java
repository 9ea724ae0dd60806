package io.chartreuse.cli.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.apply.RunReport;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.run.Downtime;
import io.chartreuse.core.run.RunDocument;
import java.util.List;

/** What came of applying a plan as JSON: {@code output/report.schema.json}. */
public final class ReportDocument {

    private ReportDocument() {}

    /** The document of it; without a run where there was nothing to do. */
    public static ObjectNode of(Plan plan, RunReport report) {
        ObjectNode document = Json.object();
        document.put("planId", plan.id());
        document.put("executed", report.executed());
        document.put("succeeded", report.succeeded());
        report.run().ifPresent(run -> document.set("run", RunDocument.write(run)));
        report.run().filter(run -> report.executed()).ifPresent(run -> downtime(document, Downtime.of(plan, run)));
        DiagnosticsDocument.add(document.putArray("diagnostics"), report.problems());
        return document;
    }

    private static void downtime(ObjectNode document, List<Downtime> times) {
        ArrayNode array = document.putArray("downtime");
        times.forEach(time -> {
            ObjectNode node = array.addObject();
            node.put("address", time.address().toString());
            node.put("milliseconds", time.total().toMillis());
            time.since().ifPresent(since -> node.put("since", since.toString()));
            if (!time.kept().isEmpty()) {
                node.put("kept", time.kept());
            }
            time.untilFirstReady().ifPresent(until -> node.put("firstReadyMilliseconds", until.toMillis()));
            time.untilReady().ifPresent(until -> node.put("readyMilliseconds", until.toMillis()));
            if (time.putBack()) {
                node.put("putBack", true);
            }
            time.earlier()
                    .ifPresent(stop -> node.put("stoppedBy", stop.run())
                            .put("stoppedAt", stop.at().toString()));
        });
    }
}
