package io.chartreuse.provider.postgres.flyway;

import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.internal.info.MigrationInfoImpl;

/**
 * What Flyway's {@code info} found.
 *
 * @param all          applied and at hand, in Flyway's order
 * @param schemasEmpty whether the schemas that it manages hold nothing at all
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
