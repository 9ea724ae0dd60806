package io.chartreuse.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import io.chartreuse.core.approval.ApprovalRule;
import io.chartreuse.core.audit.AuditSettings;
import io.chartreuse.core.configuration.Configuration;
import io.chartreuse.core.configuration.ConfigurationLoader;
import io.chartreuse.core.configuration.ConfigurationText;
import io.chartreuse.core.configuration.SettingPlaces;
import io.chartreuse.core.json.Json;
import io.chartreuse.core.lock.LockFence;
import io.chartreuse.core.refresh.Providers;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.core.secret.ReferencedSecrets;
import io.chartreuse.core.secret.SecretVariables;
import io.chartreuse.spi.backend.Backend;
import io.chartreuse.spi.backend.BackendFactory;
import io.chartreuse.spi.model.ChartreuseException;
import io.chartreuse.spi.model.Context;
import io.chartreuse.spi.model.Diagnostic;
import java.util.ArrayList;
import java.util.List;

/** Makes what a configuration asks for; touches neither databases nor cluster. */
final class SessionFactory {

    private final ConfigurationText text;
    private final SessionContext sessionContext;

    SessionFactory(ConfigurationText text, SessionContext sessionContext) {
        this.text = text;
        this.sessionContext = sessionContext;
    }

    Session open() {
        Configuration configuration =
                new ConfigurationLoader(sessionContext.registry().schema()).load(text);
        LockFence fence = new LockFence();
        Context context = context(configuration).behind(fence);
        ApprovalRule approvalRule = configuration
                .approvals()
                .map(section -> ApprovalRule.of(section, configuration.directory()))
                .orElse(ApprovalRule.NONE);
        Providers providers = providers(configuration, context);
        try {
            AuditSettings audit = AuditSettings.of(configuration.audit(), configuration.directory(), context.secrets());
            return new Session(
                    configuration,
                    approvalRule,
                    audit,
                    sessionContext,
                    providers,
                    backend(configuration, context),
                    fence);
        } catch (RuntimeException e) {
            providers.close();
            throw e;
        }
    }

    private Context context(Configuration configuration) {
        return new Context(
                configuration.release(),
                configuration.namespace(),
                configuration.directory(),
                new ReferencedSecrets(
                        sessionContext.environment(),
                        configuration.directory(),
                        sessionContext.redactor(),
                        SecretVariables.in(sections(configuration))),
                sessionContext.environment(),
                sessionContext.clock());
    }

    private static List<JsonNode> sections(Configuration configuration) {
        List<JsonNode> sections = new ArrayList<>(configuration.sections().values());
        sections.add(configuration.audit());
        return sections;
    }

    private Providers providers(Configuration configuration, Context context) {
        try {
            return Providers.create(configuration, sessionContext.registry(), context);
        } catch (ChartreuseException e) {
            throw SettingPlaces.located(text, e);
        }
    }

    private Backend backend(Configuration configuration, Context context) {
        Registry registry = sessionContext.registry();
        String type = configuration.backend().type();
        BackendFactory factory = registry.backends().get(type);
        if (factory == null) {
            throw new ChartreuseException(Diagnostic.error(
                    SessionError.UNKNOWN_BACKEND,
                    "backend " + type + " is not installed",
                    "Use one of " + String.join(", ", registry.backends().keySet()) + "."));
        }
        JsonNode section = configuration.sections().getOrDefault(type, Json.object());
        JsonNode settings = configuration.backend().settings();
        return factory.create(settings.isEmpty() ? section : settings, context);
    }
}
