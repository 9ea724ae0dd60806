package io.chartreuse.provider.postgres.flyway;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/**
 * The result of Flyway's {@code info}.
 *
 * @param all          the applied and the available migrations, in Flyway's order
 * @param schemasEmpty whether the managed schemas are empty
 */
record FlywayInfo(List<MigrationInfoImpl> all, boolean schemasEmpty) {

    FlywayInfo {
        all = List.copyOf(all);
    }

    static FlywayInfo of(MigrationInfoService service) {
        return of(service, service.getInfoResult().allSchemasEmpty);
    }

    static FlywayInfo of(MigrationInfoService service, boolean schemasEmpty) {
        return new FlywayInfo(
                Arrays.stream(service.all()).map(MigrationInfoImpl.class::cast).toList(), schemasEmpty);
    }
}
