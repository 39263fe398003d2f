package dev.lookaside.lb.explain;

import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import java.util.List;
import java.util.function.Predicate;

/** Explains some picks as they are made, and remembers the latest of those. */
public final class Explanations {
  private final Explainer explainer;
  private final Sampling sampling;
  private final Recent recent;

  public Explanations(Explainer explainer, Sampling sampling, Recent recent) {
    this.explainer = explainer;
    this.sampling = sampling;
    this.recent = recent;
  }

  /** A pick; by a decision that is explained first, if it is among the sampled. */
  public PickResult pick(
      ServiceBalancer service, ServiceSnapshot snapshot, PickArgs request, String clientId) {
    if (!sampling.takes()) {
      return service.pick(request);
    }
    Explanation explanation = explainer.explain(snapshot, request, sampling.seed(), clientId);
    recent.add(explanation);
    return service.pick(explanation.decision());
  }

  /** The newest first. */
  public List<Explanation> latest(Predicate<String> service, int limit) {
    return recent.latest(service, limit);
  }

  /** Which share of the picks is explained. */
  public double share() {
    return sampling.share();
  }
}
