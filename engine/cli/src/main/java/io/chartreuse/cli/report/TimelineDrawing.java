package io.chartreuse.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The timeline as rows, each with a drawing as wide as there is room: a shape's place is in per cent, its text is not. */
final class TimelineDrawing {

    private static final String BAR_HEIGHT = "60%";
    private static final int LONG = 24;
    private static final int TAIL = 10;
    private static final String BAR_TOP = "20%";

    private final Html html;
    private final Timeline timeline;
    private final Axis axis;

    TimelineDrawing(Html html, Timeline timeline) {
        this.html = html;
        this.timeline = timeline;
        this.axis = Axis.of(timeline.begin(), timeline.end(), timeline.idle());
    }

    void draw() {
        html.open("figure", "aria-labelledby", "timeline");
        legend();
        html.open("ul", "class", "rows");
        scale();
        timeline.stages().forEach(this::band);
        if (!timeline.down().isEmpty()) {
            head("downtime of workloads");
            timeline.down().forEach(this::down);
        }
        html.closeLine();
        marks();
        html.closeLine();
    }

    private void legend() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("succeeded", "succeeded");
        kinds.put("failed", "failed");
        kinds.put("interrupted", "interrupted");
        kinds.put("running", "goes on");
        kinds.put("unknown", "end not on record");
        kinds.put("down", "workload down");
        List<String> shown = timeline.stages().stream()
                .flatMap(band -> band.rows().stream())
                .flatMap(row -> row.spans().stream())
                .map(Span::kind)
                .collect(Collectors.toList());
        if (!timeline.down().isEmpty()) {
            shown.add("down");
        }
        html.open("ul", "class", "legend", "aria-label", "Colours");
        kinds.forEach((kind, words) -> {
            if (shown.contains(kind)) {
                html.open("li").open("svg", "aria-hidden", "true");
                html.empty("rect", "class", kind, "width", "100%", "height", "100%", "rx", "2");
                html.close().element("span", words).closeLine();
            }
        });
        html.closeLine();
    }

    /** The lines of the scale are drawn once; each row shows them again. */
    private void scale() {
        html.open("li", "class", "row axis").element("span", "since the beginning", "class", "name");
        html.open("svg", "role", "img", "aria-label", "Scale: " + length(timeline.begin(), timeline.end()) + " in all");
        html.open("defs").open("g", "id", "grid");
        axis.ticks().forEach(tick -> line(axis.at(timeline.begin().plus(tick)), "grid"));
        axis.gaps().forEach(gap -> line(gap, "cut"));
        timeline.marks().stream()
                .filter(mark -> !mark.kind().equals("plain"))
                .forEach(mark -> line(axis.at(mark.at()), "now " + mark.kind()));
        html.close().close();
        axis.ticks().forEach(this::tick);
        html.close().element("span", "took", "class", "took").closeLine();
    }

    private void tick(Duration tick) {
        double at = axis.at(timeline.begin().plus(tick));
        String anchor = at < 5 ? "start" : at > 95 ? "end" : "middle";
        html.element("text", "+" + Lengths.of(tick), "x", Axis.percent(at), "y", "75%", "text-anchor", anchor);
    }

    private void line(double at, String kind) {
        html.empty("line", "class", kind, "x1", Axis.percent(at), "x2", Axis.percent(at), "y1", "0", "y2", "100%");
    }

    private void band(Timeline.Band band) {
        html.open("li", "class", "row stage").element("span", band.name(), "class", "name");
        open(band.name() + ", " + described(band.span()));
        rectangle(band.span(), "band");
        html.close()
                .element("span", Lengths.of(band.span().took()), "class", "took")
                .closeLine();
        band.rows().forEach(this::row);
    }

    private void row(Timeline.Row row) {
        String name = row.address() + (row.to().equals("during") ? " (stop)" : "");
        bars(
                name,
                "step " + row.step() + ", " + row.address(),
                row.spans(),
                row.last().took());
    }

    private void down(String address, List<Span> spans) {
        Duration took = spans.stream().map(Span::took).reduce(Duration.ZERO, Duration::plus);
        bars(address, address + " was down", spans, took);
    }

    private void bars(String name, String title, List<Span> spans, Duration took) {
        html.open("li", "class", "row");
        name(name);
        open(title + ": " + spans.stream().map(this::described).collect(Collectors.joining("; and ")));
        spans.forEach(span -> rectangle(span, ""));
        String end = spans.get(spans.size() - 1).open() ? "…" : "";
        html.close().element("span", Lengths.of(took) + end, "class", "took").closeLine();
    }

    /** Where there is no room for all of it, the middle is left out: resources differ at the end. */
    private void name(String name) {
        int tail = name.length() > LONG ? name.offsetByCodePoints(name.length(), -TAIL) : name.length();
        html.open("span", "class", "name", "title", name);
        html.element("span", name.substring(0, tail), "class", "head");
        if (tail < name.length()) {
            html.element("span", name.substring(tail), "class", "tail");
        }
        html.close();
    }

    private void head(String name) {
        html.open("li", "class", "row stage").element("span", name, "class", "name");
        html.open("svg", "aria-hidden", "true").empty("use", "href", "#grid").close();
        html.element("span", "", "class", "took").closeLine();
    }

    private void open(String title) {
        html.open("svg", "role", "img").element("title", title);
        html.empty("use", "href", "#grid");
    }

    private void rectangle(Span span, String more) {
        html.empty(
                "rect",
                "class",
                (span.kind() + " " + more + (span.open() ? " open" : ""))
                        .strip()
                        .replace("  ", " "),
                "x",
                Axis.percent(axis.left(span)),
                "y",
                BAR_TOP,
                "width",
                Axis.percent(axis.width(span)),
                "height",
                BAR_HEIGHT,
                "rx",
                "2");
    }

    private String described(Span span) {
        String from = "from +" + Lengths.of(Duration.between(timeline.begin(), span.begin()));
        return span.open()
                ? span.kind() + ", " + from + ", end not on record"
                : span.kind() + ", " + from + ", took " + Lengths.of(span.took());
    }

    private static String length(Instant from, Instant to) {
        return Lengths.of(Duration.between(from, to));
    }

    private void marks() {
        html.open("ul", "class", "marks", "aria-label", "What happened when");
        for (Timeline.Mark mark : timeline.marks()) {
            html.open("li").open("svg", "aria-hidden", "true");
            html.empty("circle", "class", mark.kind(), "cx", "50%", "cy", "50%", "r", "5");
            html.close();
            html.element("span", "+" + length(timeline.begin(), mark.at()), "class", "quiet");
            html.element("span", mark.said()).closeLine();
        }
        html.closeLine();
    }
}
