package dev.lookaside.core.balancer;

import dev.lookaside.core.concurrent.SerialChanges;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.policy.Ceilings;
import dev.lookaside.core.policy.Explained;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.policy.Picker;
import dev.lookaside.core.policy.Policy;
import dev.lookaside.core.time.Ticker;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/**
 * The balancer of one service: holds the current picker in one volatile and swaps it when the
 * table, the policy, an endpoint's connectivity or its standing changes.
 *
 * <p>Any thread may bring a change; picks never wait for one. Changes that come while others are
 * being applied share one new picker, so that ten thousand endpoints connecting at once do not
 * build ten thousand pickers.
 *
 * <p>Over every policy lies the same layer: who may be picked at all ({@link Eligibility}), at most
 * how often ({@link Ceilings}), and from where first ({@link NearFirst}). What it does with time
 * needs {@link #sweep} to be called now and then.
 */
public final class ServiceBalancer {
  private final Ticker ticker;
  private final TrafficSettings settings;
  private final LoadView loads;
  private final SnapshotListener listener;
  private final Executor judge;
  private final SerialChanges changes = new SerialChanges(this::publish);
  private final Set<String> due = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean isJudgementWanted = new AtomicBoolean();

  // Written by changes only, so by one thread at a time.
  private final Eligibility eligibility;
  private final Tier near;
  private final Tier far;
  private List<Tier> shadows = List.of();
  private Policy policy;
  private EndpointTable registered;
  private boolean outdated;

  /** Never changed once it is here. */
  private volatile Map<String, Double> shares = Map.of();

  private volatile OptionalLong emptySinceNanos = OptionalLong.empty();
  private volatile ServiceSnapshot current;

  /** A balancer that shapes traffic by manual weight and draining only. */
  public ServiceBalancer(String service, Policy policy, LoadView loads) {
    this(service, policy, loads, TrafficSettings.none(), Ticker.system());
  }

  public ServiceBalancer(
      String service, Policy policy, LoadView loads, TrafficSettings settings, Ticker ticker) {
    this(service, policy, loads, settings, ticker, SnapshotListener.none(), Runnable::run);
  }

  /**
   * @param judge where endpoints that fail are judged and a picker without them is made; at most
   *     one task of this balancer waits there
   */
  public ServiceBalancer(
      String service,
      Policy policy,
      LoadView loads,
      TrafficSettings settings,
      Ticker ticker,
      SnapshotListener listener,
      Executor judge) {
    this.judge = judge;
    this.ticker = ticker;
    this.listener = listener;
    this.settings = settings;
    this.loads = loads;
    this.policy = policy;
    this.registered = EndpointTable.empty(service);
    this.eligibility = new Eligibility(settings, loads, ticker);
    this.near = new Tier(policy, registered, loads);
    this.far = new Tier(policy.fresh(), registered, loads);
    this.current =
        new ServiceSnapshot(
            registered,
            Map.of(),
            registered,
            policy.name(),
            new NothingToPick(new PickResult.Unavailable(ServiceSnapshot.whyNone(registered))),
            List.of(),
            Set.of(),
            this::share);
  }

  /** Picks from the endpoints that are eligible now, and notes the dispatch. */
  public PickResult pick(PickArgs request) {
    PickResult result = current.picker().pick(request);
    if (result instanceof PickResult.Picked picked) {
      picked.load().dispatched();
    }
    return result;
  }

  /**
   * Makes a decision that was explained, and notes the dispatch: as {@link #pick}, but slower.
   *
   * @param explained by the picker of a {@link #snapshot} of this moment
   */
  public PickResult pick(Explained explained) {
    PickResult result = explained.making().get();
    if (result instanceof PickResult.Picked picked) {
      picked.load().dispatched();
    }
    return result;
  }

  /** The state that picks see now. */
  public ServiceSnapshot snapshot() {
    return current;
  }

  /** Takes a new table; what was known of the connectivity of endpoints that stay is kept. */
  public void update(EndpointTable table) {
    if (!table.service().equals(current.registered().service())) {
      throw new IllegalArgumentException(
          "table is of service %s (expected: %s)"
              .formatted(table.service(), current.registered().service()));
    }
    change(() -> {
      if (table.isEmpty() && (!registered.isEmpty() || emptySinceNanos.isEmpty())) {
        emptySinceNanos = OptionalLong.of(ticker.nanos());
      }
      registered = table;
      eligibility.update(table);
    });
  }

  /**
   * Notes whether an endpoint can be reached; what is said of another incarnation has no effect.
   */
  public void connectivity(Endpoint endpoint, Connectivity connectivity) {
    change(() -> eligibility.links().set(endpoint, connectivity, ticker.nanos()));
  }

  /** Notes of several endpoints at once whether they can be reached: one new picker for all. */
  public void connectivity(Map<Endpoint, Connectivity> connectivity) {
    change(() -> {
      long now = ticker.nanos();
      connectivity.forEach((endpoint, state) -> eligibility.links().set(endpoint, state, now));
    });
  }

  /** Lets an endpoint back that is ejected, as if its time were over; else nothing happens. */
  public void liftEjection(String id) {
    changes.apply(() -> {
      long now = ticker.nanos();
      outdated |= registered.find(id).filter(e -> eligibility.letBack(e, now)).isPresent();
    });
  }

  /** Picks by another policy from now on. */
  public void use(Policy newPolicy) {
    change(() -> {
      policy = newPolicy;
      near.use(newPolicy);
      far.use(newPolicy.fresh());
    });
  }

  /** From now on, says what these policies would pick as well; nothing is picked by them. */
  public void shadow(List<Policy> policies) {
    change(() ->
        shadows = policies.stream().map(other -> new Tier(other, registered, loads)).toList());
  }

  /**
   * Lets time do its work: shares grow, outliers are ejected and return. To be called a few times
   * per second; often costs little, seldom makes the ramp of a slow start coarse.
   */
  public void sweep() {
    changes.apply(() -> {
      long now = ticker.nanos();
      boolean changed = eligibility.sweep(registered, now);
      shares = eligibility.reducedShares(registered, now);
      changed |= near.setCeilings(this::share) == Ceilings.Change.ENDPOINTS;
      changed |= far.setCeilings(this::share) == Ceilings.Change.ENDPOINTS;
      for (Tier shadow : shadows) {
        changed |= shadow.setCeilings(this::share) == Ceilings.Change.ENDPOINTS;
      }
      outdated |= changed;
    });
  }

  /**
   * Tells that a request to an endpoint has ended, after its load has taken note: one that keeps
   * failing does not wait for the sweep. Any thread may tell; the common case costs nothing.
   */
  public void completed(String id, Ending ending) {
    if (ending == Ending.FAILED
        && current.eligible().find(id).filter(eligibility::isDue).isPresent()
        && due.add(id)
        && isJudgementWanted.compareAndSet(false, true)) {
      judge.execute(this::judgeDue);
    }
  }

  /** All that came due meanwhile are judged at once, and share one new picker. */
  private void judgeDue() {
    isJudgementWanted.set(false);
    changes.apply(() -> {
      long now = ticker.nanos();
      for (Iterator<String> ids = due.iterator(); ids.hasNext(); ) {
        Optional<Endpoint> endpoint = registered.find(ids.next());
        ids.remove();
        outdated |= endpoint.filter(e -> eligibility.judge(e, now)).isPresent();
      }
    });
  }

  /** Whether the service has had no endpoint for so long. */
  boolean isEmptySince(long nanos) {
    OptionalLong since = emptySinceNanos;
    return current.registered().isEmpty()
        && since.isPresent()
        && ticker.nanos() - since.getAsLong() >= nanos;
  }

  private void change(Runnable change) {
    changes.apply(() -> {
      change.run();
      outdated = true;
    });
  }

  private void publish() {
    if (!outdated) {
      return;
    }
    EndpointTable eligible = eligibility.of(registered);
    shares = eligibility.reducedShares(registered, ticker.nanos());
    ServiceSnapshot before = current;
    ServiceSnapshot next =
        new ServiceSnapshot(
            registered,
            registered.endpoints().stream()
                .collect(
                    Collectors.toUnmodifiableMap(Endpoint::id, eligibility.links()::connectivity)),
            eligible,
            policy.name(),
            newPicker(eligible),
            shadows.stream()
                .map(tier -> new Shadow(tier.policy(), tier.newPicker(eligible, this::share)))
                .toList(),
            eligibility.ejected(registered),
            this::share);
    current = next;
    outdated = false;
    listener.changed(before, next);
  }

  private double share(Endpoint endpoint) {
    return shares.getOrDefault(endpoint.id(), 1.0);
  }

  private Picker newPicker(EndpointTable eligible) {
    if (eligible.isEmpty()) {
      return new NothingToPick(new PickResult.Unavailable(ServiceSnapshot.whyNone(registered)));
    }
    Optional<ZonePreference> zone = settings.zone();
    EndpointTable nearest = eligible.only(e -> zone.isEmpty() || zone.get().isNear(e));
    if (nearest.isEmpty() || nearest.size() == eligible.size()) {
      return near.newPicker(eligible, this::share);
    }
    EndpointTable others = eligible.only(e -> nearest.find(e.id()).isEmpty());
    return new NearFirst(
        near.newPicker(nearest, this::share),
        far.newPicker(others, this::share),
        zone.orElseThrow().spillAbove(),
        loads,
        ticker);
  }
}
