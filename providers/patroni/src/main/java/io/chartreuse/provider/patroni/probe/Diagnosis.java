package io.chartreuse.provider.patroni.probe;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.settings.ProbeSettings;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a probe's failure means. Decides by step and SQLSTATE, because the server's messages are translated. */
record Diagnosis(ProbeSettings settings, String table) {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_PARAMETER = "22023";
    private static final String READ_ONLY = "25006";

    ReadinessGap of(ProbeStep step, SQLException failure) {
        String state = Optional.ofNullable(failure.getSQLState()).orElse("");
        if (step == ProbeStep.CONNECT) {
            return connect(state, failure);
        }
        if (state.equals(READ_ONLY)) {
            return ProbeFailureText.readOnly();
        }
        return known(step, state).orElseGet(() -> unknown(step, state, failure));
    }

    private Optional<ReadinessGap> known(ProbeStep step, String state) {
        return switch (step) {
            case BECOME_OWNER -> role(state, settings.owner(), "owner");
            case BECOME_WRITER -> role(state, settings.writer(), "writer");
            case BECOME_READER -> role(state, settings.reader(), "reader");
            case CREATE -> denied(state, ProbeFailureText.mayNotCreate(settings));
            case INSERT -> denied(state, ProbeFailureText.noDefaultPrivilege(settings, settings.writer(), "INSERT"));
            case SELECT -> denied(state, ProbeFailureText.noDefaultPrivilege(settings, settings.reader(), "SELECT"));
            default -> Optional.empty();
        };
    }

    private Optional<ReadinessGap> role(String state, String role, String setting) {
        return state.equals(INVALID_PARAMETER)
                ? Optional.of(ProbeFailureText.noSuchRole(role, setting))
                : denied(state, ProbeFailureText.mayNotBecome(settings.user(), role));
    }

    private static Optional<ReadinessGap> denied(String state, ReadinessGap missing) {
        return state.equals(INSUFFICIENT_PRIVILEGE) ? Optional.of(missing) : Optional.empty();
    }

    private ReadinessGap connect(String state, SQLException failure) {
        String remedy = switch (state) {
            case "28P01", "28000" -> "Look at probe.user and probe.password, and at the server's pg_hba.conf.";
            case "3D000" -> "See whether what creates the database has run, or correct probe.url.";
            case "53300" -> "Free connections, or raise max_connections.";
            default -> "Look at probe.url, and whether PostgreSQL accepts connections there.";
        };
        return new ReadinessGap(settings.user() + " cannot connect to the probe's database: " + words(failure), remedy);
    }

    private ReadinessGap unknown(ProbeStep step, String state, SQLException failure) {
        String what = step.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return new ReadinessGap(
                "the probe failed (" + what + "): " + words(failure),
                "Look at the server's log; the SQLSTATE is " + state + ".");
    }

    /** The main sentence of the server or the driver, the same each time. It never contains a password. */
    private String words(SQLException failure) {
        Optional<String> server = failure instanceof PSQLException postgres
                ? Optional.ofNullable(postgres.getServerErrorMessage()).map(ServerErrorMessage::getMessage)
                : Optional.empty();
        String text = server.orElseGet(() -> String.valueOf(failure.getMessage()));
        return text.lines().findFirst().orElse("").replace(table, "chartreuse_probe");
    }
}
