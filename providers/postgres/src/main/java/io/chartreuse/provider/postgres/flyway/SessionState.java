package io.chartreuse.provider.postgres.flyway;

import io.chartreuse.provider.postgres.flyway.TopLevelStatements.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The state that a script's done statements left in their session, which is lost: which statements restore it when they
 * run once more, and whether that is enough. Statements are added in their order.
 */
final class SessionState {

    private static final Pattern BEGINNING = Pattern.compile("(BEGIN|START TRANSACTION)\\b.*");
    private static final Pattern CHAINING = Pattern.compile(".* AND CHAIN");
    private static final Pattern TO_SAVEPOINT = Pattern.compile("ROLLBACK ((WORK|TRANSACTION) )?TO\\b.*");
    private static final Pattern PREPARING = Pattern.compile("PREPARE (\"[^\"]+\"|[^ (]+).*");
    private static final Pattern DEALLOCATING = Pattern.compile("DEALLOCATE (?:PREPARE )?(\"[^\"]+\"|[^ ]+)");
    private static final Pattern LOADING = Pattern.compile("LOAD\\b.*");

    private final SessionCode code;
    private final List<Integer> setting = new ArrayList<>();
    private final Set<String> prepared = new HashSet<>();
    private boolean keeps;
    private boolean unclear;
    private int ended;
    private int begun;

    /** @param routines the code that statements may call, by name */
    SessionState(Supplier<Map<String, String>> routines) {
        this.code = new SessionCode(routines);
    }

    /** @param position from 1 */
    void add(int position, Found found) {
        String text = found.text();
        switch (StatementKind.of(found)) {
            case SETS -> setting.add(position);
            case DISCARDS -> discard(position, text);
            case KEEPS -> keep(text);
            case COMMITS -> end(position, text);
            case CONTROLS -> control(position, text);
            default -> other(text);
        }
        code.add(found);
    }

    private void discard(int position, String text) {
        if (text.equals("DISCARD ALL")) {
            setting.clear();
            prepared.clear();
            keeps = false;
        }
        setting.add(position);
    }

    private void keep(String text) {
        Matcher preparing = PREPARING.matcher(text);
        if (preparing.matches()) {
            prepared.add(preparing.group(1));
        } else {
            keeps = true;
            unclear |= LOADING.matcher(text).matches();
        }
    }

    private void control(int position, String text) {
        if (!BEGINNING.matcher(text).matches()) {
            undo();
            end(position, text);
        } else if (begun == 0) {
            begun = position;
        }
    }

    /**
     * Treats what was set before a BEGIN as unclear: whether it belongs to the same transaction depends on how the
     * script runs.
     */
    private void undo() {
        unclear |= setting.stream().anyMatch(position -> position > ended && (begun == 0 || position < begun));
        setting.removeIf(position -> begun > 0 && position > begun);
    }

    private void end(int position, String text) {
        unclear |= CHAINING.matcher(text).matches();
        ended = position;
        begun = 0;
    }

    private void other(String text) {
        Matcher deallocating = DEALLOCATING.matcher(text);
        if (deallocating.matches() && deallocating.group(1).equals("ALL")) {
            prepared.clear();
        } else if (deallocating.matches()) {
            prepared.remove(deallocating.group(1));
        }
        unclear |= TO_SAVEPOINT.matcher(text).matches() && setting.stream().anyMatch(position -> position > ended);
    }

    /** The statements that set something for later statements of the session, in their order. */
    List<Integer> setting() {
        return List.copyOf(setting);
    }

    /** Whether the session had a state that these statements do not restore in another session. */
    boolean isLost() {
        return keeps || unclear || !prepared.isEmpty() || code.mayHaveChanged();
    }
}
