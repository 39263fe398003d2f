package dev.lookaside.lb.admin;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.control.ServiceControl.Lift;
import dev.lookaside.registry.view.RegistryView;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Does what operators decided that is not in the tables: switches policies, and lifts ejections,
 * each once. Called by one thread at a time, before the tables of the same view are handed over.
 */
public final class Obedience implements Consumer<RegistryView> {
  private final Balancer balancer;
  private final Policies policies;
  private final PolicyChoices choices;
  private Map<String, ControlState> latest = Map.of();

  public Obedience(Balancer balancer, Policies policies, PolicyChoices choices) {
    this.balancer = balancer;
    this.policies = policies;
    this.choices = choices;
  }

  @Override
  public void accept(RegistryView view) {
    Map<String, ControlState> before = latest;
    if (before.equals(view.controls())) {
      return;
    }
    latest = view.controls();
    choices.take(latest);
    Set<String> services = new HashSet<>(before.keySet());
    services.addAll(latest.keySet());
    for (String service : services) {
      ControlState was = before.getOrDefault(service, ControlState.NONE);
      ControlState is = view.controlOf(service);
      if (!was.equals(is)) {
        balancer.find(service).ifPresent(known -> obey(known, service, was, is));
      }
    }
  }

  private void obey(ServiceBalancer known, String service, ControlState was, ControlState is) {
    String policy = choices.of(service);
    if (!known.snapshot().policy().equals(policy)) {
      known.use(policies.create(policy));
    }
    List<Lift> old = was.control().lifts();
    is.control().lifts().stream()
        .filter(lift -> !old.contains(lift))
        .forEach(lift -> known.liftEjection(lift.endpoint()));
  }
}
