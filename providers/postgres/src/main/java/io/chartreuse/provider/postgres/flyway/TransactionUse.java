package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import io.chartreuse.provider.postgres.leftover.NamedIndex;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A script's use of transactions, independently of Flyway's view: whether the server would roll all of it back. Pure.
 *
 * @param control    statements that begin or end a transaction
 * @param refused    statements that the server refuses within a transaction
 * @param calls      statements that run code: which procedures they call, and whether they commit themselves
 * @param procedures the code of the procedures that it creates, by name
 * @param indexes    the named indexes that it creates
 * @param rebuilt    statements that the server refuses within a transaction where their object is partitioned
 * @param relations  the partitioned relations that it creates: tables, and indexes by their table
 * @param leavesOpen whether a transaction that it began is open at its end
 * @param others     how many other statements it has
 */
record TransactionUse(
        List<Place> control,
        List<Place> refused,
        List<Call> calls,
        Map<String, String> procedures,
        List<Index> indexes,
        List<Call> rebuilt,
        Map<String, Optional<String>> relations,
        boolean leavesOpen,
        int others) {

    /** A statement for people: its line and its text. */
    record Place(int line, String what) {
        Place {
            Objects.requireNonNull(what, "what");
        }
    }

    /** An index, and the line that creates it. */
    record Index(int line, NamedIndex index) {
        Index {
            Objects.requireNonNull(index, "index");
        }
    }

    /**
     * A statement that runs code.
     *
     * @param names of the procedures that it calls
     * @param ends  whether it ends a transaction itself
     */
    record Call(Place place, Set<String> names, boolean ends) {
        Call {
            names = Set.copyOf(names);
        }
    }

    private static final String WORD = "(?:U&)?(?:\"(?:[^\"]|\"\")*\"|[^ .\"(;]+)";

    private static final Pattern LAST = Pattern.compile("(" + WORD + ")$");

    /** The name of an object, with its schemas: one group. */
    static final String NAME = "(" + WORD + "(?: ?\\. ?" + WORD + ")*)";

    private static final Pattern CONTROL =
            Pattern.compile("(BEGIN|START TRANSACTION|COMMIT|END|ABORT|PREPARE TRANSACTION"
                    + "|ROLLBACK(?! ((WORK|TRANSACTION) )?TO\\b))\\b(?! PREPARED)( AND CHAIN)?.*");
    private static final Pattern OPENING = Pattern.compile("(BEGIN|START TRANSACTION)\\b.*|.* AND CHAIN");

    /** The statements that PostgreSQL 13 to 18 refuse in a transaction with SQLSTATE 25001, by their first words. */
    private static final List<Pattern> REFUSED = Stream.of(
                    "(COMMIT|ROLLBACK) PREPARED\\b.*",
                    "VACUUM\\b.*",
                    "CREATE (UNIQUE )?INDEX CONCURRENTLY\\b.*",
                    "DROP INDEX CONCURRENTLY\\b.*",
                    "REINDEX ?(\\([^)]*\\) ?)?(SCHEMA|DATABASE|SYSTEM)\\b.*",
                    "REINDEX ?(\\([^)]*\\) ?)?(INDEX|TABLE) CONCURRENTLY\\b.*",
                    "REINDEX ?\\([^)]*\\bCONCURRENTLY\\b(?! ?(FALSE|OFF|0|'))[^)]*\\).*",
                    "ALTER TABLE .* DETACH PARTITION .* CONCURRENTLY",
                    "ALTER SYSTEM\\b.*",
                    "(CREATE|DROP) (DATABASE|TABLESPACE)\\b.*",
                    "ALTER DATABASE .* SET TABLESPACE\\b.*",
                    "CREATE SUBSCRIPTION\\b(?!.*\\b(CREATE_SLOT|CONNECT) ?= ?(FALSE|OFF|0)\\b).*",
                    "DROP SUBSCRIPTION\\b.*",
                    "ALTER SUBSCRIPTION [^ ]+ REFRESH PUBLICATION\\b.*",
                    "ALTER SUBSCRIPTION [^ ]+ (SET|ADD|DROP) PUBLICATION\\b(?!.*\\bREFRESH ?= ?(FALSE|OFF|0)\\b).*",
                    "ALTER SUBSCRIPTION [^ ]+ SET ?\\(.*\\b(TWO_PHASE|FAILOVER)\\b.*",
                    "CLUSTER( VERBOSE| ?\\([^)]*\\))?",
                    "DISCARD ALL")
            .map(Pattern::compile)
            .toList();

    private static final Pattern REBUILDING = Pattern.compile("(?:REINDEX ?(?:\\([^)]*\\) ?)?(?:INDEX|TABLE)"
            + "|CLUSTER ?(?:\\([^)]*\\)|VERBOSE)?) ?(?!CONCURRENTLY\\b)" + NAME + "(?: USING .*)?");
    private static final Pattern PARTITIONED =
            Pattern.compile("CREATE TABLE (?:IF NOT EXISTS )?" + NAME + ".*\\bPARTITION BY\\b.*");
    private static final Pattern INDEXED =
            Pattern.compile("CREATE (?:UNIQUE )?INDEX (?:IF NOT EXISTS )?" + NAME + " ON " + NAME + ".*");
    private static final Pattern DETACHING = Pattern.compile("ALTER SUBSCRIPTION .*\\bSLOT_NAME ?= ?NONE\\b.*");
    private static final Pattern CALL = Pattern.compile("CALL " + NAME + ".*");
    private static final Pattern CREATE = Pattern.compile("CREATE (?:OR REPLACE )?PROCEDURE " + NAME + ".*");
    private static final Pattern RENAME =
            Pattern.compile("ALTER (?:PROCEDURE|ROUTINE) " + NAME + " ?(?:\\(.*\\) ?)?RENAME TO " + NAME);
    private static final Pattern LANGUAGE = Pattern.compile(".*\\bLANGUAGE [\"']?([\\w$]+).*");

    /** The languages in which code that ends a transaction is recognized. */
    private static final Pattern READ =
            Pattern.compile("(SQL|PLPGSQL|PLPYTHON.*|PLPERL.*|PLV8.*)", Pattern.CASE_INSENSITIVE);

    private static final String UNREADABLE = "COMMIT";
    private static final String IN_CODE = "(?:^|.*(?:\\b(?:BEGIN|THEN|ELSE|LOOP)|>>) ?)";
    private static final Pattern ENDS = Pattern.compile(IN_CODE + "(?:COMMIT|ROLLBACK)(?: AND (?:NO )?CHAIN)?");
    private static final Pattern CALLS = Pattern.compile(IN_CODE + "CALL " + NAME + ".*");
    private static final Pattern ENDS_ELSEWHERE = Pattern.compile(
            "\\b(plpy|plv8)\\.(commit|rollback)\\b|\\bspi_(commit|rollback)\\b", Pattern.CASE_INSENSITIVE);

    TransactionUse {
        control = List.copyOf(control);
        refused = List.copyOf(refused);
        calls = List.copyOf(calls);
        procedures = Map.copyOf(procedures);
        indexes = List.copyOf(indexes);
        rebuilt = List.copyOf(rebuilt);
        relations = Map.copyOf(relations);
    }

    /** Analyses a script whose placeholders are replaced. */
    static TransactionUse of(Reader script) {
        Reading reading = new Reading();
        try {
            TopLevelStatements.read(script, reading::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TransactionUse(
                reading.control,
                reading.refused,
                reading.calls,
                reading.procedures,
                reading.indexes,
                reading.rebuilt,
                reading.relations,
                reading.open,
                reading.others);
    }

    /** Analyses a body of code: whether it ends a transaction, and which procedures it calls. */
    static Call code(String code) {
        return Reading.code(new Place(1, ""), code);
    }

    /** Whether a statement begins or ends a transaction. @param text as {@link TopLevelStatements} has it */
    static boolean isControl(String text) {
        return CONTROL.matcher(text).matches();
    }

    /** Whether the server refuses a statement within a transaction. */
    static boolean isRefused(String text) {
        return REFUSED.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }

    /** Whether a name is written with escapes ({@code U&"p\0070"}), which are not interpreted here. */
    private static boolean isEscaped(String written) {
        return written.contains("U&\"");
    }

    /** The name of a procedure without its schema, as the server keeps it. */
    static String name(String written) {
        Matcher last = LAST.matcher(written);
        String name = last.find() ? last.group(1) : written;
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    /** Collects the results while a script is read. */
    private static final class Reading {

        private final List<Place> control = new ArrayList<>();
        private final List<Place> refused = new ArrayList<>();
        private final List<Call> calls = new ArrayList<>();
        private final Map<String, String> procedures = new TreeMap<>();
        private final List<Index> indexes = new ArrayList<>();
        private final List<Call> rebuilt = new ArrayList<>();
        private final Map<String, Optional<String>> relations = new TreeMap<>();
        private boolean open;
        private boolean detached;
        private int others;

        private void add(Found found) {
            String text = found.text();
            Matcher call = CALL.matcher(text);
            Matcher create = CREATE.matcher(text);
            Matcher rename = RENAME.matcher(text);
            NamedIndex.of(text).ifPresent(index -> indexes.add(new Index(found.line(), index)));
            detached |= DETACHING.matcher(text).matches();
            if (isOutside(text)) {
                refused.add(place(found));
            } else if (isControl(text)) {
                control.add(place(found));
                open = OPENING.matcher(text).matches();
            } else if (call.matches()) {
                calls.add(new Call(place(found), Set.of(name(call.group(1))), isEscaped(call.group(1))));
            } else if (text.startsWith("DO ") || text.startsWith("DO'") || text.startsWith("DO$")) {
                calls.add(code(place(found), readable(found)));
            } else {
                others++;
                relations(found);
                if (create.matches()) {
                    add(create.group(1), readable(found));
                }
                if (rename.matches()) {
                    add(rename.group(2), "CALL " + rename.group(1) + "()");
                }
            }
        }

        private void relations(Found found) {
            Matcher rebuilding = REBUILDING.matcher(found.text());
            if (rebuilding.matches()) {
                rebuilt.add(new Call(place(found), Set.of(name(rebuilding.group(1))), false));
            }
            Matcher table = PARTITIONED.matcher(found.text());
            if (table.matches()) {
                relations.put(name(table.group(1)), Optional.empty());
            }
            Matcher index = INDEXED.matcher(found.text());
            if (index.matches()) {
                relations.put(name(index.group(1)), Optional.of(name(index.group(2))));
            }
        }

        private void add(String procedure, String code) {
            procedures.merge(name(procedure), code, (one, other) -> one + "\n;" + other);
        }

        /** Code that cannot be analysed here counts as committing. */
        private static String readable(Found found) {
            Matcher language = LANGUAGE.matcher(found.text());
            boolean known =
                    !language.matches() || READ.matcher(language.group(1)).matches();
            return found.readable() && known ? found.code() : UNREADABLE;
        }

        /** Whether the server refuses it in a transaction. It accepts dropping a subscription without a slot. */
        private boolean isOutside(String text) {
            return isRefused(text) && !(detached && text.startsWith("DROP SUBSCRIPTION"));
        }

        private static Call code(Place place, String code) {
            List<String> names = new ArrayList<>();
            boolean[] ends = {ENDS_ELSEWHERE.matcher(code).find()};
            try {
                TopLevelStatements.read(new StringReader(code), inner -> {
                    ends[0] |= ENDS.matcher(inner.text()).matches();
                    Matcher called = CALLS.matcher(inner.text());
                    if (called.matches()) {
                        names.add(name(called.group(1)));
                        ends[0] |= isEscaped(called.group(1));
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return new Call(place, Set.copyOf(names), ends[0]);
        }

        /** Shortened to what a person needs to identify the statement. */
        private static Place place(Found found) {
            String text = found.shown();
            return new Place(found.line(), text.length() > 60 ? text.substring(0, 57) + "…" : text);
        }
    }

    /** The same, with the knowledge of which names are partitioned. */
    TransactionUse rebuilding(Predicate<String> partitioned) {
        List<Place> outside = rebuilt.stream()
                .filter(statement -> statement.names().stream().anyMatch(partitioned))
                .map(Call::place)
                .toList();
        List<Place> all = Stream.concat(refused.stream(), outside.stream())
                .sorted(Comparator.comparing(Place::line))
                .toList();
        return new TransactionUse(
                control, all, calls, procedures, indexes, rebuilt, relations, leavesOpen, others - outside.size());
    }

    /** The first statement that keeps the script from being rolled back as a whole; empty where no statement does. */
    Optional<Place> first(Committing committing) {
        Stream<Place> calling = calls.stream()
                .filter(call -> call.ends() || call.names().stream().anyMatch(committing::test))
                .map(Call::place);
        return Stream.of(refused.stream(), control.stream(), calling)
                .flatMap(places -> places)
                .min(Comparator.comparing(Place::line));
    }

    /** Whether the server certainly executes each of its statements in a transaction. */
    boolean needsNone() {
        return refused.isEmpty() && calls.isEmpty() && rebuilt.isEmpty();
    }

    /**
     * Whether it has both statements that can run in a transaction and one that cannot, without marking where
     * transactions end.
     */
    boolean mixes() {
        return !refused.isEmpty() && control.isEmpty() && others + calls.size() > 0;
    }

    /** Whether a procedure of that name ends transactions. */
    @FunctionalInterface
    interface Committing {
        boolean test(String procedure);
    }
}
