package io.chartreuse.core.apply;

import io.chartreuse.core.configuration.SettingChanges;
import io.chartreuse.core.json.SafeText;
import io.chartreuse.core.plan.Plan;
import io.chartreuse.core.plan.PlanError;
import io.chartreuse.core.plan.Release;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.ClusterIdentity;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Diagnostic;
import java.util.List;
import java.util.Map;

/** Whether a plan was made for here: this release, this configuration, this cluster. */
public final class Provenance {

    private Provenance() {}

    /** @throws ChartreuseException where the plan was made for another release or configuration */
    static void require(ApplyRequest request, List<String> providers) {
        Plan plan = request.plan();
        requireRelease(plan, request.release());
        plan.providers().stream()
                .filter(name -> !providers.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw stale("it was made with provider " + SafeText.of(name)
                            + ", which the configuration does not have");
                });
        if (!plan.configurationDigest().equals(request.configurationDigest())) {
            String what = SettingChanges.said(plan.settings(), request.settings());
            throw stale("the configuration changed since it was made" + (what.isEmpty() ? "" : ": " + what));
        }
    }

    private static ChartreuseException stale(String why) {
        return new ChartreuseException(Diagnostic.error(
                ApplyError.STALE,
                "the plan is stale: " + why,
                "Make a new plan with `chartreuse plan`, review it, apply it."));
    }

    /** @throws ChartreuseException where the plan was made for another release */
    public static void requireRelease(Plan plan, Release release) {
        if (!plan.release().equals(release)) {
            throw new ChartreuseException(Diagnostic.error(
                    PlanError.OTHER_RELEASE,
                    "plan " + plan.shortId() + " was made for release " + plan.release() + ", not for " + release,
                    "Name the configuration that the plan was made from (--config), or make a new plan."));
        }
    }

    /**
     * What one side does not know proves nothing.
     *
     * @throws ChartreuseException where the plan was made in another cluster
     */
    static void requirePlace(Plan plan, Backend backend) {
        Map<String, String> planned = plan.identity();
        if (planned.isEmpty() || !(backend instanceof ClusterIdentity able)) {
            return;
        }
        able.anchor().forEach((name, here) -> {
            if (!here.equals(planned.getOrDefault(name, here))) {
                throw new ChartreuseException(Diagnostic.error(
                        PlanError.OTHER_CLUSTER,
                        "plan " + plan.shortId() + " was made in another " + name + ": its " + name + " is "
                                + planned.get(name) + ", this one is " + here,
                        "Look at which cluster and namespace the configuration leads to (kubernetes.kubeconfig, "
                                + "kubernetes.context, KUBECONFIG), or make a new plan here."));
            }
        });
    }
}
