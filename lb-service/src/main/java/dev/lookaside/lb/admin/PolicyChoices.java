package dev.lookaside.lb.admin;

import dev.lookaside.core.policy.Policies;
import dev.lookaside.registry.control.ControlState;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which policy each service is to be picked by: the operators', else the configured one. */
public final class PolicyChoices {
  private static final Logger log = LoggerFactory.getLogger(PolicyChoices.class);

  private final Function<String, String> configured;
  private volatile Map<String, String> chosen = Map.of();

  public PolicyChoices(Function<String, String> configured) {
    this.configured = configured;
  }

  public String of(String service) {
    String own = chosen.get(service);
    return own == null ? configured.apply(service) : own;
  }

  /** Takes what is decided now; a policy that this version does not know is left aside. */
  void take(Map<String, ControlState> decided) {
    Map<String, String> next = new HashMap<>();
    decided.forEach((service, state) ->
        state
            .control()
            .policy()
            .ifPresent(choice -> {
              try {
                Policies.requireKnown(choice.policy());
                next.put(service, choice.policy());
              } catch (IllegalArgumentException e) {
                log.warn(
                    "operators chose for {}: {}; it stays as it is configured",
                    service,
                    e.getMessage());
              }
            }));
    chosen = Map.copyOf(next);
  }
}
