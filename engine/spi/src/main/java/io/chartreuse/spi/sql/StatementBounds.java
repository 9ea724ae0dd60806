package io.chartreuse.spi.sql;

import java.util.Set;

/**
 * Tells which semicolons end a statement: none in parentheses (as of {@code CREATE RULE}), and none in the body of a
 * routine in standard SQL ({@code BEGIN ATOMIC … END}). Receives the tokens of one statement after the other.
 */
public final class StatementBounds {

    private static final Set<String> ROUTINES =
            Set.of("create function", "create procedure", "create or replace function", "create or replace procedure");

    /** Enough to know a routine by. */
    private static final int LONGEST_HEAD = 40;

    private final StringBuilder head = new StringBuilder();
    private boolean inHead = true;
    private boolean routine;
    private boolean copy;
    private boolean fromInput;
    private String before = "";
    private int parentheses;
    private int blocks;

    /** A word of the statement. */
    public void word(String written) {
        String word = SqlNames.folded(written);
        boolean label = before.equals("as") || before.equals(".");
        if (inHead) {
            extendHead(word);
        }
        if (blocks == 0 && routine && before.equals("begin") && word.equals("atomic")) {
            blocks = 1;
        } else if (blocks > 0 && !label && word.equals("case")) {
            blocks++;
        } else if (blocks > 0 && !label && word.equals("end")) {
            blocks--;
        }
        fromInput |= copy && parentheses == 0 && before.equals("from") && word.equals("stdin");
        before = word;
    }

    private void extendHead(String word) {
        copy |= head.isEmpty() && word.equals("copy");
        head.append(head.isEmpty() ? "" : " ").append(word);
        routine |= ROUTINES.contains(head.toString());
        inHead = !routine && head.length() < LONGEST_HEAD;
    }

    /** Something that is no word. @return whether the statement ends here, and the next one begins */
    public boolean ends(char symbol) {
        inHead = false;
        before = String.valueOf(symbol);
        if (symbol == ';' && parentheses == 0 && blocks == 0) {
            return true;
        }
        parentheses = Math.max(0, parentheses + (symbol == '(' ? 1 : symbol == ')' ? -1 : 0));
        return false;
    }

    /** Something quoted. */
    public void quoted() {
        inHead = false;
        before = "'";
    }

    /** Whether it is a {@code COPY … FROM STDIN}: in a script its rows follow. */
    public boolean takesRows() {
        return fromInput;
    }

    /** Whether parentheses or a body are open. */
    public boolean isOpen() {
        return parentheses > 0 || blocks > 0;
    }

    /** The next statement begins. */
    public void reset() {
        head.setLength(0);
        inHead = true;
        routine = false;
        copy = false;
        fromInput = false;
        before = "";
        parentheses = 0;
        blocks = 0;
    }
}
