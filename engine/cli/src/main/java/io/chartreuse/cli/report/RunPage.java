package io.chartreuse.cli.report;

import io.chartreuse.core.run.Recovery;
import io.chartreuse.core.run.Run;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** The page about a run. */
public final class RunPage {

    private final ReportInput input;
    private final Html html;
    private final Timeline timeline;

    private RunPage(ReportInput input, UnaryOperator<String> redact) {
        this.input = input;
        this.html = new Html(redact);
        this.timeline = Timeline.of(input.run(), input.plan(), input.madeAt());
    }

    /**
     * The whole page.
     *
     * @param redact masks secrets
     */
    public static String of(ReportInput input, UnaryOperator<String> redact) {
        return new RunPage(input, redact).write();
    }

    private String write() {
        html.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en");
        head();
        html.open("body");
        banner();
        html.open("main");
        new FactsSection(html, input, timeline).write();
        html.element("h2", "Timeline", "id", "timeline");
        new TimelineDrawing(html, timeline).draw();
        new ReviewSection(html, input).write();
        new PlanSection(html, input).write();
        new RecordSection(html, input, timeline).write();
        html.closeLine();
        foot();
        html.closeLine();
        html.closeLine();
        return html.toString();
    }

    private void head() {
        String css = style();
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + digest(css) + "'; base-uri 'none'; form-action 'none'");
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.element("title", "Run " + input.run().id() + " of " + input.run().release());
        html.style(css).closeLine();
    }

    private void banner() {
        Run run = input.run();
        html.open("header").element("p", "Chartreuse audit report: release " + run.release(), "class", "quiet");
        html.element("h1", "Run " + run.id());
        html.open("p", "class", "lead");
        html.element("span", outcome(run), "class", "badge " + run.outcome().word());
        html.text(" ").element("span", sentence(run)).close();
        html.closeLine();
    }

    private static String outcome(Run run) {
        return switch (run.outcome()) {
            case SUCCEEDED -> "✓ succeeded";
            case FAILED -> "✗ failed";
            case INTERRUPTED -> "‖ interrupted";
            case SUPERSEDED -> "⊘ superseded";
            case RUNNING -> "… goes on";
        };
    }

    private static String sentence(Run run) {
        String what = switch (run.outcome()) {
            case SUCCEEDED -> "Everything in the plan was done.";
            case FAILED -> "A step failed.";
            case INTERRUPTED -> "It was asked to stop, and ended in order.";
            case SUPERSEDED -> "Its process died, and a newer plan took its place.";
            case RUNNING -> "It had not ended when this report was made, or its process had died.";
        };
        return what + run.recovery().map(recovery -> recovered(run, recovery)).orElse("");
    }

    private static String recovered(Run run, Recovery recovery) {
        return switch (recovery) {
            case NONE -> "";
            case RESTORED -> " Stopped workloads were brought back.";
            case HELD ->
                run.isHolding()
                        ? " Workloads are held in maintenance."
                        : " Workloads were to be held in maintenance; others put them back.";
            case FAILED -> " Not every workload could be brought back.";
        };
    }

    private void foot() {
        html.open("footer");
        html.element(
                "p",
                "Made " + Times.of(input.madeAt()) + " by Chartreuse " + input.madeBy()
                        + " from what was on record then. All times are UTC. This page needs no network and runs no script;"
                        + " it is a copy, not the record: `chartreuse audit verify` checks the record itself.");
        html.closeLine();
    }

    private static String style() {
        try (InputStream in = RunPage.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r", "");
        } catch (IOException e) {
            throw new UncheckedIOException("this build lacks report.css", e);
        }
    }

    private static String digest(String css) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(css.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
