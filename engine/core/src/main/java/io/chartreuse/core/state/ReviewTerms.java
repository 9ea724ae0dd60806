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
 * What a configuration asks before a plan is executed: so that the next plan can say where less is asked.
 *
 * @param required how many approvals
 * @param keys     who may give them: the keys' names by their fingerprints
 * @param rules    by id
 * @param record   what is asked of the record of runs; empty where that is not known, as in states of older versions
 */
public record ReviewTerms(
        int required, SortedMap<String, String> keys, SortedMap<String, Rule> rules, Optional<RecordTerms> record) {

    /**
     * A rule that plans must keep.
     *
     * @param denies whether it forbids; else it warns
     * @param digest of the file that it stands in
     */
    public record Rule(boolean denies, String digest) {
        public Rule {
            Objects.requireNonNull(digest, "digest");
        }
    }

    public ReviewTerms {
        keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
        rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
        Objects.requireNonNull(record, "record");
    }

    /** Where those of now ask less than these did, or something else, each in a sentence; empty where they do not. */
    public List<String> loosened(ReviewTerms now) {
        List<String> sentences = new ArrayList<>();
        if (now.required < required) {
            sentences.add("a plan needed " + approvals(required) + ", now it needs " + approvals(now.required));
        }
        if (required > 0 && now.required > 0) {
            now.keys.forEach((fingerprint, name) -> {
                if (!keys.containsKey(fingerprint)) {
                    sentences.add("key " + name + " (" + SafeText.plain(fingerprint) + ") may approve and could not");
                }
            });
        }
        rules.forEach((id, rule) -> rule(SafeText.plain(id), rule, now.rules.get(id), sentences));
        record.ifPresent(then -> now.record.ifPresent(those -> sentences.addAll(then.loosened(those))));
        return sentences;
    }

    private static void rule(String id, Rule then, Rule now, List<String> sentences) {
        if (now == null) {
            sentences.add("rule " + id + " is gone, which " + (then.denies() ? "denied" : "warned"));
        } else if (then.denies() && !now.denies()) {
            sentences.add("rule " + id + " denied, now it warns");
        } else if (!then.digest().equals(now.digest())) {
            sentences.add("the file of rule " + id + " was changed");
        }
    }

    private static String approvals(int count) {
        return count == 0 ? "none" : count == 1 ? "1 approval" : count + " approvals";
    }

    ObjectNode document() {
        ObjectNode document = Json.object().put("requiredApprovals", required);
        ObjectNode approvers = document.putObject("keys");
        keys.forEach(approvers::put);
        ObjectNode all = document.putObject("rules");
        rules.forEach(
                (id, rule) -> all.putObject(id).put("denies", rule.denies()).put("digest", rule.digest()));
        record.ifPresent(terms -> document.set("record", terms.document()));
        return document;
    }

    static ReviewTerms read(Fields fields) {
        SortedMap<String, String> keys = new TreeMap<>();
        Fields approvers = fields.object("keys");
        approvers.node().fieldNames().forEachRemaining(key -> keys.put(key, approvers.text(key)));
        SortedMap<String, Rule> rules = new TreeMap<>();
        Fields all = fields.object("rules");
        all.node().fieldNames().forEachRemaining(id -> {
            Fields rule = all.object(id);
            rules.put(id, new Rule(rule.flag("denies"), rule.text("digest")));
        });
        return new ReviewTerms(
                Math.toIntExact(fields.number("requiredApprovals", 0)),
                keys,
                rules,
                fields.optionalObject("record").map(RecordTerms::read));
    }
}
