package io.chartreuse.core.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.Fields;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.json.SafeText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a configuration asks of the record of runs: so that the next plan can say where less is asked.
 *
 * @param runs     so many runs stay; empty: all
 * @param ageHours runs stay so long; empty: for ever
 * @param signers  whose signatures of runs count: the keys' names by their fingerprints; empty: none is asked for
 * @param sink     the digest of {@code audit.sink}; empty: runs are not exported
 */
public record RecordTerms(
        Optional<Long> runs, Optional<Long> ageHours, SortedMap<String, String> signers, Optional<String> sink) {

    private static final long NO_LIMIT = -1;
    private static final long HOURS_OF_A_DAY = 24;

    public RecordTerms {
        Objects.requireNonNull(runs, "runs");
        Objects.requireNonNull(ageHours, "ageHours");
        Objects.requireNonNull(sink, "sink");
        signers = Collections.unmodifiableSortedMap(new TreeMap<>(signers));
    }

    /** Where those of now ask less than these did, or something else, each in a sentence; empty where they do not. */
    List<String> loosened(RecordTerms now) {
        List<String> sentences = new ArrayList<>();
        if (isLess(now.runs, runs)) {
            sentences.add("retention kept " + runs.map(count -> count + " runs").orElse("all runs") + ", now it keeps "
                    + now.runs.orElseThrow());
        }
        if (isLess(now.ageHours, ageHours)) {
            sentences.add("retention kept runs "
                    + ageHours.map(age -> "for " + time(age)).orElse("for ever") + ", now for "
                    + time(now.ageHours.orElseThrow()));
        }
        if (!signers.isEmpty() && now.signers.isEmpty()) {
            sentences.add("runs were signed (audit.signing), now they are not");
        } else if (!signers.isEmpty()) {
            now.signers.forEach((fingerprint, name) -> {
                if (!signers.containsKey(fingerprint)) {
                    sentences.add("key " + name + " (" + SafeText.plain(fingerprint) + ") may sign runs and could not");
                }
            });
        }
        if (sink.isPresent() && !sink.equals(now.sink)) {
            sentences.add(
                    now.sink.isPresent()
                            ? "audit.sink, where runs are exported to, was changed"
                            : "runs were exported (audit.sink), now they are not");
        }
        return sentences;
    }

    private static boolean isLess(Optional<Long> now, Optional<Long> then) {
        return now.filter(limit -> then.filter(before -> before <= limit).isEmpty())
                .isPresent();
    }

    private static String time(long hours) {
        return hours % HOURS_OF_A_DAY == 0 ? hours / HOURS_OF_A_DAY + " days" : hours + " hours";
    }

    ObjectNode document() {
        ObjectNode document = Json.object();
        runs.ifPresent(count -> document.put("runs", count));
        ageHours.ifPresent(age -> document.put("ageHours", age));
        ObjectNode all = document.putObject("signers");
        signers.forEach(all::put);
        sink.ifPresent(digest -> document.put("sink", digest));
        return document;
    }

    static RecordTerms read(Fields fields) {
        SortedMap<String, String> signers = new TreeMap<>();
        Fields all = fields.object("signers");
        all.node().fieldNames().forEachRemaining(key -> signers.put(key, all.text(key)));
        return new RecordTerms(limit(fields, "runs"), limit(fields, "ageHours"), signers, fields.optionalText("sink"));
    }

    private static Optional<Long> limit(Fields fields, String name) {
        return Optional.of(fields.number(name, NO_LIMIT)).filter(limit -> limit >= 0);
    }
}
