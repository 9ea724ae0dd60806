package io.chartreuse.core.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.json.CanonicalJson;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the user wants: a {@code chartreuse.yaml} that was found valid, with its defaults.
 *
 * @param release   the Helm release's name
 * @param namespace the release's namespace where the file names it
 * @param approvals which approvals a plan needs, where the file says so
 * @param sections  the providers' sections by the provider's name, as the user wrote them
 * @param policies  the files of rules that plans must keep, absolute
 * @param audit     how runs are signed and exported, as the file says; not part of the digest, since plans do not
 *                  depend on it
 * @param retention how much of the record is kept; not part of the digest, since plans do not depend on it
 * @param directory where relative paths start: the file's own, absolute
 * @param settings  a short digest of each setting, as a tree of the file's form: for saying which one changed
 * @param digest    {@code sha256:…} of what the file says, defaults filled in; comments, the order of keys, the way of
 *                  writing and {@code $schema} do not change it; what stands in files of keys and rules does
 */
public record Configuration(
        String release,
        Optional<String> namespace,
        Strategy strategy,
        OnFailure onFailure,
        BackendSetting backend,
        Optional<JsonNode> approvals,
        SortedMap<String, JsonNode> sections,
        List<Path> policies,
        RetentionSetting retention,
        ObjectNode audit,
        Path directory,
        ObjectNode settings,
        String digest) {

    public Configuration {
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(strategy, "strategy");
        Objects.requireNonNull(onFailure, "onFailure");
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(approvals, "approvals");
        Objects.requireNonNull(retention, "retention");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(digest, "digest");
        settings = settings.deepCopy();
        audit = audit.deepCopy();
        policies = List.copyOf(policies);
        sections = Collections.unmodifiableSortedMap(new TreeMap<>(sections));
    }

    /** The digest of each section, as the user wrote it. */
    public SortedMap<String, String> sectionDigests() {
        SortedMap<String, String> digests = new TreeMap<>();
        sections.forEach((name, section) -> digests.put(name, Sha256.of(CanonicalJson.write(section))));
        return digests;
    }
}
