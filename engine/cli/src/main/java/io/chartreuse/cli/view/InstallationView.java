package io.chartreuse.cli.view;

import io.chartreuse.cli.insight.Build;
import io.chartreuse.core.refresh.Registry;
import io.chartreuse.spi.ProviderFactory;
import io.chartreuse.spi.Role;
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
        Look look = printer.look();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(look.dim("PROVIDER"), look.dim("ROLES"), look.dim("VERSION"), look.dim("DESCRIPTION")));
        registry.providers()
                .values()
                .forEach(factory -> rows.add(List.of(
                        look.bold(factory.name()),
                        roles(factory),
                        Build.version(factory.getClass()),
                        factory.description())));
        printer.lines(Columns.align(rows, look));
        printer.gap();
        printer.line("Backends: " + String.join(", ", registry.backends().keySet()));
    }

    private static String roles(ProviderFactory factory) {
        return factory.roles().stream().sorted().map(Role::word).collect(Collectors.joining(", "));
    }
}
