package dev.lookaside.lb.pick;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.ServiceBalancer;
import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.policy.Branched;
import dev.lookaside.core.policy.PickArgs;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.explain.Explanations;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.v1.PickRequest;
import dev.lookaside.v1.PickResponse;
import io.grpc.StatusException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Answers picks, on the thread that read the request: nothing here waits for anything. */
public final class PickHandler {
  private static final int MAX_EXCLUSIONS = 64;
  private static final int MAX_CLIENT_ID = 128;
  private static final int MAX_AFFINITY_KEY = 256;

  private final Balancer balancer;
  private final BooleanSupplier everSynced;
  private final Answers answers;
  private final Decisions decisions;
  private final Explanations explanations;
  private final Shadows shadows;
  private final PickMeters meters;
  private final Ticker ticker;
  private final InstantSource clock;

  /**
   * A handler of the picks of every service.
   *
   * @param everSynced whether the registry was read at least once; asked only when a service is not
   *     known
   */
  public PickHandler(
      Balancer balancer,
      BooleanSupplier everSynced,
      Answers answers,
      Decisions decisions,
      Explanations explanations,
      Shadows shadows,
      PickMeters meters,
      Ticker ticker,
      InstantSource clock) {
    this.balancer = balancer;
    this.everSynced = everSynced;
    this.answers = answers;
    this.decisions = decisions;
    this.explanations = explanations;
    this.shadows = shadows;
    this.meters = meters;
    this.ticker = ticker;
    this.clock = clock;
  }

  public PickResponse pick(Peer client, PickRequest request) throws StatusException {
    long startNanos = ticker.nanos();
    PickArgs wish = read(request);
    Optional<ServiceBalancer> service = balancer.find(request.getService());
    if (service.isEmpty()) {
      throw unknown(request.getService());
    }
    PickResponse response = pick(service.get(), wish, client, request.getClientId());
    meters.duration.record(ticker.nanos() - startNanos, TimeUnit.NANOSECONDS);
    return response;
  }

  private PickResponse pick(ServiceBalancer service, PickArgs wish, Peer client, String clientId)
      throws StatusException {
    ServiceSnapshot snapshot = service.snapshot();
    PickResult result = explanations.pick(service, snapshot, wish, clientId);
    decisions.add(Decision.of(clock.millis(), clientId, result, snapshot));
    if (result instanceof PickResult.Picked picked) {
      shadows.picked(snapshot, wish, result);
      Answer answer =
          picked instanceof Branched branched
              ? answers.ofBranch(picked.endpoint(), snapshot.policy(), branched.policy())
              : answers.of(picked.endpoint(), snapshot.policy());
      answer.picks().increment();
      return answers.response(answer, client);
    }
    meters.unavailable(snapshot.registered().service(), snapshot.policy()).increment();
    throw Refusals.unavailable(((PickResult.Unavailable) result).reason());
  }

  private PickArgs read(PickRequest request) throws StatusException {
    if (request.getExcludedEndpointIdsCount() > MAX_EXCLUSIONS) {
      throw invalid(
          "excluded_endpoint_ids has %d entries (expected: at most %d)"
              .formatted(request.getExcludedEndpointIdsCount(), MAX_EXCLUSIONS));
    }
    if (request.getClientId().length() > MAX_CLIENT_ID) {
      throw invalid(
          "client_id has %d characters (expected: at most %d)"
              .formatted(request.getClientId().length(), MAX_CLIENT_ID));
    }
    String affinityKey = request.getAffinityKey();
    if (affinityKey.length() > MAX_AFFINITY_KEY) {
      throw invalid(
          "affinity_key has %d characters (expected: at most %d)"
              .formatted(affinityKey.length(), MAX_AFFINITY_KEY));
    }
    return request.getExcludedEndpointIdsCount() == 0 && affinityKey.isEmpty()
        ? PickArgs.ANY
        : new PickArgs(
            request.getExcludedEndpointIdsList(),
            affinityKey.isEmpty() ? Optional.empty() : Optional.of(affinityKey));
  }

  /** A known name is a valid name, so that only an unknown one has to be checked. */
  private StatusException unknown(String service) {
    try {
      ServiceNames.require(service);
    } catch (StatusException e) {
      meters.invalid.increment();
      return e;
    }
    if (!everSynced.getAsBoolean()) {
      meters.notSynced.increment();
      return Refusals.notSynced();
    }
    meters.notFound.increment();
    return Refusals.unknownService(service);
  }

  private StatusException invalid(String message) {
    meters.invalid.increment();
    return Refusals.invalid(message);
  }
}
