package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of endpoints that vanished from etcd: they go, or they stay and are asked
 * until they register again or no longer serve. Used by one thread.
 */
final class Losses {
  private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

  private final RegistryModel model;
  private final MassLoss massLoss;
  private final Probes probes;

  Losses(
      RegistryModel model,
      MassLoss massLoss,
      LivenessProbe probe,
      BiConsumer<Endpoint, Boolean> answers) {
    this.model = model;
    this.massLoss = massLoss;
    this.probes = new Probes(probe, answers);
  }

  void judge(History history) {
    List<Endpoint> lost = model.takeLost();
    if (lost.isEmpty()) {
      massLoss.forgetOld();
      return;
    }
    List<Endpoint> suspects = massLoss.suspects(lost, model::liveCount, history);
    Set<Endpoint> justLost = new HashSet<>(lost);
    suspects.stream().filter(justLost::contains).forEach(model::retain);
    if (!suspects.isEmpty()) {
      LOG.warn("{} endpoints vanished from etcd at once: asking them", suspects.size());
      probes.ask(suspects);
    }
  }

  void answered(Endpoint endpoint, boolean serving) {
    probes.answered(endpoint);
    if (serving) {
      model.retain(endpoint);
    } else {
      model.evict(endpoint);
    }
  }

  void askRetained() {
    probes.ask(model.retained());
  }
}
