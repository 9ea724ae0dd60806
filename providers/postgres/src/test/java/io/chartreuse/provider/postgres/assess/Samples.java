package io.chartreuse.provider.postgres.assess;

import io.chartreuse.provider.postgres.migrate.MigrationStatus;
import io.chartreuse.provider.postgres.server.Server;
import io.chartreuse.provider.postgres.settings.DatabaseSettings;
import io.chartreuse.provider.postgres.settings.LockSettings;
import io.chartreuse.provider.postgres.settings.MigrationSettings;
import io.chartreuse.provider.postgres.settings.RunSettings;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.text.Sha256;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Databases that tests can use without a connection. */
public final class Samples {

    private Samples() {}

    public static Assessment assessment(String revision, Migration... pending) {
        return assessment(new Server(Optional.of("1"), "2", "shop", 18, false, false, true, true), revision, pending);
    }

    public static Assessment assessment(Server server, String revision, Migration... pending) {
        String goal = pending.length == 0
                ? revision
                : pending[pending.length - 1].version().orElseThrow();
        return new Assessment(
                new DatabaseSettings(
                        "main",
                        "jdbc:postgresql://pg/shop",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Duration.ofSeconds(10),
                        RunSettings.DEFAULT,
                        LockSettings.DEFAULT,
                        new MigrationSettings(
                                List.of(Path.of("/migrations")),
                                Optional.empty(),
                                List.of(),
                                "history",
                                Map.of(),
                                false,
                                Optional.empty())),
                server,
                new MigrationStatus(
                        Optional.of(revision),
                        Optional.of(goal),
                        false,
                        List.of(pending),
                        MigrationStatus.Repeatables.NONE,
                        "sha256:history",
                        "sha256:scripts",
                        List.of()));
    }

    public static Migration migration(String version, String text) {
        return new Migration(Optional.of(version), "x", "V" + version + "__x.sql", Sha256.of(text), true);
    }
}
