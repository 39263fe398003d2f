package dev.lookaside.core.policy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/**
 * Ceilings on the picks of those endpoints of one service that shall get less than a full share.
 *
 * <pre>
 * relative(e) = share(e) / greatest share
 * ceiling(e)  = relative(e) · size(e) / Σ relative · size         of all picks
 * </pre>
 *
 * where size is 1 or the capacity, as the policy spreads. An endpoint whose relative share is at
 * least {@value #FULL} has no ceiling, so there is always one that may take a pick.
 *
 * <p>Written by one thread at a time, and shared by the pickers of successive tables.
 */
public final class Ceilings {
  static final double FULL = 0.95;

  private final AtomicLong picks = new AtomicLong();
  private final Map<Incarnation, Ceiling> limited = new HashMap<>();

  /** What happened to the set of endpoints that have a ceiling. */
  public enum Change {
    NONE,
    ENDPOINTS
  }

  /**
   * Sets the ceilings of these endpoints, and lifts those of all others.
   *
   * @param share of one endpoint, above 0; only the ratios between endpoints count
   */
  public Change set(List<Endpoint> endpoints, Spread spread, ToDoubleFunction<Endpoint> share) {
    Map<Incarnation, Double> wanted =
        spread == Spread.ONE ? Map.of() : between(endpoints, spread, share);
    boolean same = wanted.keySet().equals(limited.keySet());
    limited
        .entrySet()
        .removeIf(entry -> {
          boolean lifted = !wanted.containsKey(entry.getKey());
          if (lifted) {
            entry.getValue().lift();
          }
          return lifted;
        });
    wanted.forEach((key, picksBetween) ->
        limited.computeIfAbsent(key, k -> new Ceiling()).limit(picksBetween, picks.get()));
    return same ? Change.NONE : Change.ENDPOINTS;
  }

  private static Map<Incarnation, Double> between(
      List<Endpoint> endpoints, Spread spread, ToDoubleFunction<Endpoint> share) {
    double[] shares = endpoints.stream().mapToDouble(share).toArray();
    double greatest = Arrays.stream(shares).max().orElse(1);
    double[] parts = new double[shares.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = shares[i] / greatest * (spread == Spread.EVENLY ? 1 : endpoints.get(i).capacity());
    }
    double sum = Arrays.stream(parts).sum();
    Map<Incarnation, Double> between = new HashMap<>();
    for (int i = 0; i < parts.length; i++) {
      if (shares[i] / greatest < FULL) {
        between.put(Incarnation.of(endpoints.get(i)), sum / parts[i]);
      }
    }
    return between;
  }

  boolean isEmpty() {
    return limited.isEmpty();
  }

  Optional<Ceiling> of(Endpoint endpoint) {
    return Optional.ofNullable(limited.get(Incarnation.of(endpoint)));
  }

  /** The number of picks made while there were ceilings. */
  AtomicLong picks() {
    return picks;
  }
}
