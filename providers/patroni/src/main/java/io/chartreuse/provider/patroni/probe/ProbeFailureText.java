package io.chartreuse.provider.patroni.probe;

import io.chartreuse.provider.patroni.problem.ReadinessGap;
import io.chartreuse.provider.patroni.settings.ProbeSettings;

/** The messages for each thing that a probe can find missing. */
final class ProbeFailureText {

    private ProbeFailureText() {}

    static ReadinessGap standby() {
        return new ReadinessGap(
                "the probe's URL leads to a standby (pg_is_in_recovery() is true)",
                "Let probe.url lead to the leader, or name all members in it.");
    }

    static ReadinessGap readOnly() {
        return new ReadinessGap(
                "the server takes no writes (read-only transaction)",
                "Look for default_transaction_read_only, and whether the server was just demoted.");
    }

    static ReadinessGap noSuchRole(String role, String setting) {
        return new ReadinessGap(
                "role " + role + " does not exist",
                "See whether what creates the roles (bootstrap script, operator) has run, or correct probe." + setting
                        + ".");
    }

    static ReadinessGap mayNotBecome(String user, String role) {
        return new ReadinessGap(
                user + " may not SET ROLE " + role, "Run: GRANT " + SqlName.of(role) + " TO " + SqlName.of(user) + ";");
    }

    static ReadinessGap noSchema(ProbeSettings settings) {
        return new ReadinessGap(
                settings.owner() + " has no schema to create tables in (search_path)",
                "Create the schema, or name it in probe.url: ?currentSchema=…");
    }

    static ReadinessGap mayNotCreate(ProbeSettings settings) {
        return new ReadinessGap(
                settings.owner() + " may not create tables in its first schema",
                "Run: GRANT CREATE ON SCHEMA … TO " + SqlName.of(settings.owner())
                        + "; or name another schema in probe.url: ?currentSchema=…");
    }

    static ReadinessGap noUsage(String schema, String role) {
        return new ReadinessGap(
                role + " may not use schema " + schema,
                "Run: GRANT USAGE ON SCHEMA " + SqlName.of(schema) + " TO " + SqlName.of(role)
                        + "; (or to a role that it inherits from)");
    }

    static ReadinessGap noDefaultPrivilege(ProbeSettings settings, String role, String privilege) {
        return new ReadinessGap(
                "permission denied for a new table of " + settings.owner() + ": its default privileges do not grant "
                        + privilege + " to " + role,
                "Run: ALTER DEFAULT PRIVILEGES FOR ROLE " + SqlName.of(settings.owner()) + " GRANT " + privilege
                        + " ON TABLES TO " + SqlName.of(role) + "; (or to a role that it inherits from)");
    }

    static ReadinessGap notReadBack(ProbeSettings settings) {
        return new ReadinessGap(
                settings.reader() + " does not see the row that " + settings.writer() + " wrote",
                "Look for event triggers that change new tables (row-level security, rules).");
    }
}
