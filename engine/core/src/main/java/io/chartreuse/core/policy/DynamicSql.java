package io.chartreuse.core.policy;

import io.chartreuse.spi.sql.SqlQuote;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Notices what executes SQL that is not in the text, or changes how a text is read: {@code EXECUTE} of anything but one literal,
 * a language that is not read here, functions that are handed SQL, {@code standard_conforming_strings}. Hears the tokens of
 * statements, or of the code in them.
 */
final class DynamicSql {

    private static final String STRINGS = "standard_conforming_strings";

    /**
     * Functions that run SQL from a text argument, or have another session run it. The pattern matches their bare
     * names, since they also run as part of an aggregate, an operator or a cast, or under another name. An extension or
     * a schema may have the same name.
     */
    private static final Pattern HANDED = Pattern.compile("(?<!\\b(?:extension|schema) (?:if (?:not )?exists )?)"
            + "\\b(?:dblink(?:_exec|_send_query|_open)?|query_to_xml(?:schema|_and_xmlschema)?|crosstab(?:[234n]|_hash)?"
            + "|connectby|xpath_table|ts_stat|ts_rewrite|pg_background_launch"
            + "|cron\\.(?:schedule(?:_in_database)?|alter_job|job))\\b");

    private static final Pattern ELSEWHERE = Pattern.compile("\\bset (?:session |local )?" + STRINGS
            + "(?! ?(?:=|to) ?(?:on|true)\\b)|\\bupdate (?:only )?(?:pg_catalog\\.)?pg_settings\\b"
            + "|\\bcopy\\b.*\\b(?:to|from) program\\b|\\boptions ?\\(.*\\bprogram\\b");

    private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql");
    private static final Set<String> BEGINNING = Set.of("begin", "then", "else", "loop");
    private static final Set<String> AFTER_EXECUTED = Set.of("into", "using", "loop");
    private static final Set<String> ROUTINES = Set.of("function", "procedure");

    /** What the next token may be. */
    private enum Awaited {
        ANYTHING,
        EXECUTED,
        END_OF_EXECUTED,
        LANGUAGE,
        PARENTHESIS,
        PARAMETER,
        COMMA
    }

    private final boolean code;
    private Awaited awaited = Awaited.ANYTHING;
    private boolean first = true;
    private boolean creates;
    private boolean trigger;
    private boolean brings;
    private boolean found;

    /** @param code whether what it hears is code */
    DynamicSql(boolean code) {
        this.code = code;
    }

    boolean isFound() {
        return found;
    }

    /** Something else says so. */
    void add(boolean other) {
        found |= other;
    }

    /** Whether the next literal is executed. */
    boolean executesNext() {
        return awaited == Awaited.EXECUTED;
    }

    /** Whether the statement brings code: it is a {@code DO} or creates a routine. */
    boolean bringsCode() {
        return brings;
    }

    void word(String word) {
        found |= switch (awaited) {
            case EXECUTED -> !word.equals("on") && !(trigger && ROUTINES.contains(word));
            case END_OF_EXECUTED -> !AFTER_EXECUTED.contains(word);
            case LANGUAGE -> !LANGUAGES.contains(word);
            case PARENTHESIS, PARAMETER, COMMA -> true;
            default -> false;
        };
        awaited = awaitedAfter(word);
        if (code && !brings && BEGINNING.contains(word)) {
            begin();
        } else {
            creates = first ? word.equals("create") : creates;
            trigger |= creates && word.equals("trigger");
            brings |= first && word.equals("do") || creates && ROUTINES.contains(word);
            first = false;
        }
    }

    private Awaited awaitedAfter(String word) {
        if (code && word.equals("execute")) {
            return Awaited.EXECUTED;
        } else if (brings && word.equals("language")) {
            return Awaited.LANGUAGE;
        }
        return word.equals("set_config") ? Awaited.PARENTHESIS : Awaited.ANYTHING;
    }

    /** A name in quotes: no word of SQL. */
    void name(String name) {
        found |= switch (awaited) {
            case EXECUTED, END_OF_EXECUTED, PARENTHESIS, PARAMETER, COMMA -> true;
            case LANGUAGE -> !LANGUAGES.contains(name);
            default -> false;
        };
        awaited = name.equals("set_config") ? Awaited.PARENTHESIS : Awaited.ANYTHING;
    }

    void symbol(char symbol) {
        found |= switch (awaited) {
            case EXECUTED, LANGUAGE, PARAMETER -> true;
            case END_OF_EXECUTED -> symbol != ';';
            case PARENTHESIS -> symbol != '(';
            case COMMA -> symbol != ',';
            default -> false;
        };
        awaited = awaited == Awaited.PARENTHESIS && symbol == '(' ? Awaited.PARAMETER : Awaited.ANYTHING;
        if (symbol == ';') {
            begin();
        }
    }

    /** @param plain whether it says what stands in it: it has no escapes, and is not the rest of one before it */
    void literal(String content, boolean plain) {
        found |= switch (awaited) {
            case EXECUTED -> !plain;
            case END_OF_EXECUTED, COMMA -> true;
            case LANGUAGE -> !plain || !LANGUAGES.contains(content);
            case PARAMETER -> !plain || content.equalsIgnoreCase(STRINGS);
            default -> false;
        };
        awaited = switch (awaited) {
            case EXECUTED -> Awaited.END_OF_EXECUTED;
            case PARAMETER -> Awaited.COMMA;
            default -> Awaited.ANYTHING;
        };
    }

    /** Whether a literal says what stands in it. */
    static boolean isPlain(SqlQuote quote, String content, boolean continues) {
        boolean escapes = quote == SqlQuote.UNICODE || quote == SqlQuote.ESCAPES && content.indexOf('\\') >= 0;
        return !continues && !escapes;
    }

    /** A statement has ended. @param text in the form that rules see */
    void statement(String text) {
        found |= HANDED.matcher(text).find() || ELSEWHERE.matcher(text).find();
        awaited = Awaited.ANYTHING;
        begin();
    }

    private void begin() {
        first = true;
        creates = false;
        trigger = false;
        brings = false;
    }
}
