package io.chartreuse.cli.view;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.chartreuse.core.configuration.OnFailure;
import io.chartreuse.core.configuration.Strategy;
import io.chartreuse.core.diff.Differ;
import io.chartreuse.core.diff.Intent;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanRequest;
import io.chartreuse.core.plan.Planner;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.model.Address;
import io.chartreuse.spi.model.Diagnostic;
import io.chartreuse.spi.model.ErrorCode;
import io.chartreuse.spi.model.ErrorType;
import io.chartreuse.spi.model.Migration;
import io.chartreuse.spi.model.Resource;
import io.chartreuse.spi.text.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A release as people have them: two databases behind a cluster, workloads of three priorities. */
final class RichPlan {

    static final Instant NOW = Instant.parse("2026-11-22T07:00:00Z");

    private RichPlan() {}

    static Plan of(Intent intent) {
        return of(intent, resources());
    }

    static Plan of(Intent intent, List<Resource> resources) {
        return Planner.plan(
                new PlanRequest(
                        new Release("shop", Optional.of("shop-prod")),
                        Strategy.AFTER,
                        OnFailure.HOLD,
                        Sha256.of("configuration"),
                        List.of("kubernetes", "patroni", "postgres"),
                        "1.0.0",
                        NOW),
                Differ.diff(resources, intent));
    }

    static List<Resource> resources() {
        List<Resource> resources = new ArrayList<>();
        resources.add(Resource.gate(
                new Address("patroni.cluster", "main"),
                state("{'ready': false}"),
                state("{'ready': true}"),
                "pg-1 leads, 2 members are running"));
        resources.add(Resource.migrate(
                new Address("postgres.database", "main"),
                state("{'revision': '5'}"),
                state("{'revision': '8'}"),
                List.of(
                        migration("6", "add orders", "V6__add_orders.sql", true),
                        migration("7", "index orders by customer", "V7__index_orders_by_customer.sql", false),
                        migration("8", "drop carts", "V8__drop_carts.sql", true),
                        new Migration(Optional.empty(), "views", "R__views.sql", Sha256.of("views"), true)),
                "4 migrations are pending"));
        resources.add(Resource.migrate(
                        new Address("postgres.database", "stock"),
                        state("{'revision': '12'}"),
                        state("{'revision': '12'}"),
                        List.of(),
                        "it is ahead of the image")
                .withFindings(List.of(Diagnostic.warning(
                        Code.AHEAD,
                        "the database is at 12, the image knows migrations up to 11",
                        "Deploy the image that brought it there, or leave it."))));
        resources.add(Resource.migrate(
                new Address("postgres.database", "fresh"),
                state("{'revision': null}"),
                state("{'revision': '1'}"),
                List.of(migration("1", "create", "V1__create.sql", true)),
                "1 migration is pending"));
        String scaled = "{'replicas': 3, 'autoscaler': {'name': 'web', 'min': 2, 'max': 10}}";
        resources.add(workload("web", 10, scaled, scaled, "{'replicas': 0, 'autoscaler': 'paused'}"));
        resources.add(workload("api", 10, "{'replicas': 2}", "{'replicas': 2}", "{'replicas': 0}"));
        resources.add(
                workload("worker", 0, "{'replicas': 0, 'stoppedBy': 'shop'}", "{'replicas': 4}", "{'replicas': 0}"));
        resources.add(workload("cron", -5, "{'replicas': 0}", "{'replicas': 0}", "{'replicas': 0}"));
        for (int i = 1; i <= 7; i++) {
            resources.add(workload("shard-" + i, -7, "{'replicas': 1}", "{'replicas': 1}", "{'replicas': 0}"));
        }
        return resources;
    }

    static Resource workload(String name, int order, String observed, String desired, String maintenance) {
        return Resource.quiesce(
                new Address("kubernetes.deployment", name),
                order,
                state(observed),
                state(desired),
                state(maintenance),
                "priority " + order);
    }

    private static Migration migration(String version, String description, String script, boolean transactional) {
        return new Migration(Optional.of(version), description, script, Sha256.of(script), transactional);
    }

    static ObjectNode state(String json) {
        try {
            return (ObjectNode) Json.read(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    private enum Code implements ErrorCode {
        AHEAD;

        @Override
        public String code() {
            return "postgres.ahead";
        }

        @Override
        public ErrorType type() {
            return ErrorType.EXTERNAL;
        }
    }
}
