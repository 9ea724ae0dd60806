package io.chartreuse.provider.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import org.junit.jupiter.api.function.Executable;

/** Assertions about diagnostics. */
final class Findings {

    private Findings() {}

    static List<String> codes(List<Diagnostic> findings) {
        return findings.stream().map(finding -> finding.code().code()).toList();
    }

    /** The only diagnostic, which has that code, an address, a remedy, and no secret. */
    static Diagnostic only(String code, List<Diagnostic> findings) {
        assertEquals(List.of(code), codes(findings), findings::toString);
        Diagnostic finding = findings.get(0);
        assertFalse(finding.address().isEmpty(), () -> "no address: " + finding);
        assertFalse(finding.remedy().isBlank(), () -> "no remedy: " + finding);
        assertHarmless(finding.toString());
        return finding;
    }

    /** The only diagnostic of the exception that it throws. */
    static Diagnostic thrown(String code, Executable executable) {
        ChartreuseException failure = assertThrows(ChartreuseException.class, executable);
        assertHarmless(String.valueOf(failure));
        return only(code, failure.diagnostics());
    }

    static void assertHarmless(String text) {
        assertFalse(text.contains(TestDatabase.PASSWORD) || text.contains("wr0ng-0ne"), text);
    }
}
