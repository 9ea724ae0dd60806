package io.chartreuse.chart;

/** The values that tests start from. */
final class Values {

    /** One database; everything else with the chart's defaults. */
    static final String SHOP = """
            config:
              postgres:
                databases:
                  main:
                    url: jdbc:postgresql://shop-pg:5432/shop
                    user: shop_owner
                    password: {env: SHOP_PG_PASSWORD}
                    migrations: {tool: flyway, locations: [/app/migrations]}
            env:
              SHOP_PG_PASSWORD: {valueFrom: {secretKeyRef: {name: shop-pg, key: password}}}
            """;

    private Values() {}
}
