package io.chartreuse.cli.report;

/** A table that scrolls sideways on its own if it is too wide, so that the page does not. */
final class ScrollTable {

    private final Html html;

    /** @param label the table's name for screen readers */
    ScrollTable(Html html, String label, String... heads) {
        this.html = html;
        html.open("div", "class", "scroll", "role", "region", "aria-label", label, "tabindex", "0");
        html.open("table").open("thead").open("tr");
        for (String head : heads) {
            html.element("th", head, "scope", "col");
        }
        html.close().close().open("tbody");
    }

    ScrollTable row() {
        html.open("tr");
        return this;
    }

    ScrollTable cell(String text, String style) {
        if (style.isEmpty()) {
            html.element("td", text);
        } else {
            html.element("td", text, "class", style);
        }
        return this;
    }

    ScrollTable code(String text) {
        html.open("td", "class", "name").element("code", text).close();
        return this;
    }

    void endRow() {
        html.closeLine();
    }

    void end() {
        html.close().close().closeLine();
    }
}
