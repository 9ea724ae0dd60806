package io.chartreuse.provider.postgres.alembic;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a database stands, as {@code alembic current --verbose} tells it.
 *
 * @param revisions what is applied, by its last revisions
 * @param unknown   a revision of the database's that the project does not have; with it, nothing else is known
 * @param url       what {@code env.py} connected to, without its password; empty where Alembic does not say
 */
record Current(SortedSet<String> revisions, Optional<String> unknown, Optional<String> url) {

    private static final Pattern URL = Pattern.compile("^Current revision\\(s\\) for (.*):$");
    private static final Pattern UNKNOWN = Pattern.compile("Can't locate revision identified by '([^']*)'");

    Current {
        revisions = new TreeSet<>(revisions);
        Objects.requireNonNull(unknown, "unknown");
        Objects.requireNonNull(url, "url");
    }

    /** What a call that succeeded printed. */
    static Current parse(List<String> lines) {
        int start = 0;
        Optional<String> url = Optional.empty();
        for (int index = 0; index < lines.size() && url.isEmpty(); index++) {
            Matcher matcher = URL.matcher(lines.get(index));
            if (matcher.matches()) {
                url = Optional.of(matcher.group(1));
                start = index + 1;
            }
        }
        SortedSet<String> revisions = new TreeSet<>();
        RevisionListing.parse(lines.subList(start, lines.size())).forEach(revision -> revisions.add(revision.id()));
        return new Current(revisions, Optional.empty(), url);
    }

    /** What is known of these revisions to somebody who asks a project that may lack some of them. */
    static Current recalled(SortedSet<String> revisions, RevisionTree tree) {
        return revisions.stream()
                .filter(id -> tree.find(id).isEmpty())
                .findFirst()
                .map(Current::unknown)
                .orElseGet(() -> new Current(revisions, Optional.empty(), Optional.empty()));
    }

    private static Current unknown(String id) {
        return new Current(new TreeSet<>(List.of(id)), Optional.of(id), Optional.empty());
    }

    /** The revision that keeps Alembic from telling where the database stands, where that is the reason. */
    static Optional<Current> unknown(Output output) {
        List<String> lines = new ArrayList<>(output.errors());
        lines.addAll(output.lines());
        return lines.stream()
                .map(UNKNOWN::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst()
                .map(Current::unknown);
    }
}
