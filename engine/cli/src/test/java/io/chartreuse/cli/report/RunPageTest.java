package io.chartreuse.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class RunPageTest {

    private static String page(Scenario scenario) {
        String page = RunPage.of(scenario.input(), text -> text.replace("hunter2", "***"));
        keep(scenario.name, page);
        return page;
    }

    /** For who wants to look at it. */
    private static void keep(String name, String page) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "report"));
            Files.writeString(folder.resolve(name + ".html"), page);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Document parsed(String page) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(page)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Element> elements(Document page, String tag) {
        NodeList found = page.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }

    private static List<Element> bars(Document page, String kind) {
        return elements(page, "rect").stream()
                .filter(bar -> bar.hasAttribute("x"))
                .filter(bar -> List.of(bar.getAttribute("class").split(" ")).contains(kind))
                .toList();
    }

    @Test
    void everyKindOfRunIsOnePageThatNeedsNothingBesideItself() {
        for (Scenario scenario : Scenario.all()) {
            Document page = parsed(page(scenario));
            assertEquals(List.of(), elements(page, "script"), scenario.name);
            for (String tag : List.of("img", "iframe", "object", "link", "form", "base")) {
                assertEquals(List.of(), elements(page, tag), scenario.name + " " + tag);
            }
            String policy = elements(page, "meta").stream()
                    .map(meta -> meta.getAttribute("content"))
                    .filter(content -> content.startsWith("default-src 'none'; style-src 'sha256-"))
                    .findFirst()
                    .orElse("");
            assertFalse(policy.isEmpty(), scenario.name);
            elements(page, "a")
                    .forEach(link -> assertTrue(link.getAttribute("href").matches("https?://.*")));
            elements(page, "use").forEach(use -> assertEquals("#grid", use.getAttribute("href")));
        }
    }

    @Test
    void idsAreOfOneElementEachAndNoStyleOrHandlerStandsInAnAttribute() {
        Document page = parsed(page(Scenario.failed()));
        Set<String> ids = new HashSet<>();
        elements(page, "*").forEach(element -> {
            String id = element.getAttribute("id");
            assertTrue(id.isEmpty() || ids.add(id), id);
            for (int i = 0; i < element.getAttributes().getLength(); i++) {
                String name = element.getAttributes().item(i).getNodeName();
                assertFalse(name.equals("style") || name.startsWith("on"), name);
            }
        });
    }

    @Test
    void whatIsDrawnIsSaidInWordsToo() {
        Document page = parsed(page(Scenario.succeeded()));
        for (Element drawing : elements(page, "svg")) {
            boolean hidden = drawing.getAttribute("aria-hidden").equals("true");
            boolean told = !drawing.getAttribute("aria-label").isEmpty()
                    || drawing.getElementsByTagName("title").getLength() == 1;
            assertTrue(hidden || told && drawing.getAttribute("role").equals("img"));
        }
        elements(page, "table")
                .forEach(table -> assertTrue(table.getElementsByTagName("th").getLength() > 0));
        assertEquals("en", page.getDocumentElement().getAttribute("lang"));
    }

    @Test
    void stagesAreBandsStepsAreBarsAndDowntimesAreBarsOfTheirOwn() {
        Document page = parsed(page(Scenario.succeeded()));
        assertEquals(3, bars(page, "band").size());
        assertEquals(3, bars(page, "succeeded").size() - bars(page, "band").size());
        assertEquals(1, bars(page, "down").size());
    }

    @Test
    void aFailedRunTellsWhatFailedWhatWasDoneAboutItAndWhatIsStillDown() {
        String text = page(Scenario.failed());
        Document page = parsed(text);
        assertEquals(
                1,
                bars(page, "failed").stream()
                        .filter(bar -> !bar.getAttribute("class").contains("band"))
                        .count());
        assertTrue(bars(page, "down").get(0).getAttribute("class").contains("open"));
        assertTrue(text.contains("relation is missing"));
        assertTrue(text.contains("Recovery: a database moved"));
        assertTrue(text.contains("not brought back by this run"));
    }

    @Test
    void aRunThatWasTakenOverShowsTheGapAndWhatHasNoEnd() {
        Document page = parsed(page(Scenario.resumed()));
        assertEquals(1, bars(page, "unknown").size());
        assertTrue(elements(page, "line").stream()
                .anyMatch(line -> line.getAttribute("class").equals("cut")));
        assertTrue(elements(page, "line").stream()
                .anyMatch(line -> line.getAttribute("class").contains("interrupted")));
    }

    @Test
    void nothingFromElsewhereBecomesMarkup() {
        String page = page(Scenario.hostile());
        assertFalse(page.contains("<script"), page);
        assertFalse(page.contains("<img"), page);
        assertFalse(page.contains("href=\"javascript"), page);
        assertFalse(page.contains("\u202e"), "text that turns its surroundings");
        assertFalse(page.contains("hunter2"), "a secret");
        assertTrue(page.contains("&lt;script&gt;"));
        parsed(page);
    }

    @Test
    void aPipelineIsALinkOnlyWhereThatLeadsToAPage() {
        assertTrue(PipelineLink.isWeb("https://ci.example/job/7"));
        for (String bad : List.of(
                "javascript:alert(1)",
                "data:text/html,x",
                "https://user:pw@ci.example/",
                "ci",
                "//x",
                "https:///x",
                "http://a b")) {
            assertFalse(PipelineLink.isWeb(bad), bad);
        }
        assertEquals(
                "https://github.com/acme/shop/actions/runs/7",
                PipelineLink.of(Map.of("system", "github", "repository", "acme/shop", "run", "7"))
                        .orElseThrow());
    }

    @Test
    void twoHundredStepsAreAPageOfModestSize() {
        String page = page(Scenario.many(200));
        assertTrue(page.length() < 400_000, "characters: " + page.length());
        assertEquals(
                200,
                bars(parsed(page), "succeeded").size()
                        - bars(parsed(page), "band").size());
    }

    @Test
    void withoutItsPlanTheRunIsStillTold() {
        String page = page(Scenario.withoutPlan());
        assertTrue(page.contains("The plan is not on record"));
        assertEquals(1, bars(parsed(page), "band").size());
    }

    @Test
    void theSameRunAlwaysGivesTheSamePage() {
        assertEquals(page(Scenario.failed()), page(Scenario.failed()));
    }
}
