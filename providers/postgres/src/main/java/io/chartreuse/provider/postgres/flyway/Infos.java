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
record Infos(List<MigrationInfoImpl> all, boolean schemasEmpty) {

    Infos {
        all = List.copyOf(all);
    }

    static Infos of(MigrationInfoService service) {
        return of(service, service.getInfoResult().allSchemasEmpty);
    }

    static Infos of(MigrationInfoService service, boolean schemasEmpty) {
        return new Infos(
                Arrays.stream(service.all()).map(MigrationInfoImpl.class::cast).toList(), schemasEmpty);
    }
}
