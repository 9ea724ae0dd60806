package io.chartreuse.cli.view;

import io.chartreuse.cli.insight.Build;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.spi.model.Role;
import io.chartreuse.spi.provider.ProviderFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is installed. */
public final class InstallationView {

    private final Printer printer;

    public InstallationView(Printer printer) {
        this.printer = printer;
    }

    /** Providers with their roles and versions, then the backends. */
    public void print(Registry registry) {
        TextStyle style = printer.style();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(style.dim("PROVIDER"), style.dim("ROLES"), style.dim("VERSION"), style.dim("DESCRIPTION")));
        registry.providers()
                .values()
                .forEach(factory -> rows.add(List.of(
                        style.bold(factory.name()),
                        roles(factory),
                        Build.version(factory.getClass()),
                        factory.description())));
        printer.lines(Columns.align(rows, style));
        printer.gap();
        printer.line("Backends: " + String.join(", ", registry.backends().keySet()));
    }

    private static String roles(ProviderFactory factory) {
        return factory.roles().stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }
}
