package io.chartreuse.chart;

/** Values that tests begin with. */
final class Values {

    /** One database; everything else as the chart has it. */
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
