package io.chartreuse.core.session;

import io.chartreuse.core.run.Actor;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who runs this process, for the record of a run. */
final class ThisProcess {

    private ThisProcess() {}

    /** The same with all that is known of where we come from. */
    static Actor actor(Map<String, String> environment, Optional<String> account) {
        return actor(environment).from(CiEnvironment.of(environment, account));
    }

    /** In a pod HOSTNAME is the pod's name. */
    static Actor actor(Map<String, String> environment) {
        return new Actor(
                first(environment, "USER", "LOGNAME", System.getProperty("user.name", "unknown")),
                first(environment, "HOSTNAME", "COMPUTERNAME", "localhost"),
                ProcessHandle.current().pid());
    }

    private static String first(Map<String, String> environment, String name, String otherwise, String last) {
        return Stream.of(environment.getOrDefault(name, ""), environment.getOrDefault(otherwise, ""), last)
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse(last);
    }
}
