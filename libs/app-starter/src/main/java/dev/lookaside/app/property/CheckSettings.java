package dev.lookaside.app.property;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the check for misspelt properties makes of names that it does not know.
 *
 * @param environment Which unknown environment variables such as WORKER_CAPCITY end the start: near
 *     (those that a slip or two make a known one) or all. Those of Kubernetes and of Docker never
 *     do.
 * @param ignore Names below lb, worker, etcd and lookaside that are the application's own: whole
 *     ones such as worker.threads, or prefixes that end with a dot.
 */
@ConfigurationProperties("lookaside.check")
public record CheckSettings(
    @DefaultValue("near") Environment environment, @DefaultValue List<String> ignore) {

  /** How strictly the environment, which is not ours alone, is read. */
  public enum Environment {
    NEAR,
    ALL
  }

  public CheckSettings {
    ignore = List.copyOf(ignore);
  }

  boolean ignores(String name) {
    return ignore.stream()
        .anyMatch(own -> own.endsWith(".") ? name.startsWith(own) : name.equals(own));
  }

  /** The same for a variable, whose name has lost its dots and dashes. */
  boolean ignoresVariable(String uniform) {
    return ignore.stream()
        .anyMatch(own ->
            own.endsWith(".")
                ? uniform.startsWith(KnownProperty.uniform(own))
                : uniform.equals(KnownProperty.uniform(own)));
  }
}
