package dev.lookaside.core.balancer;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Ejects endpoints that fail for a while (gRFC A50), and lets them back.
 *
 * <p>Rates are of the recent past, with older outcomes counting less, instead of A50's buckets. For
 * one thread at a time.
 */
final class OutlierDetector {

  /** What is remembered of an endpoint that was ejected at least once. */
  private static final class History {
    private int ejections;
    private boolean ejected;
    private long ejectedAtNanos;
  }

  // The mean of twenty rates of 1 is 1.0000000000000002: without it, all of them would stand out.
  private static final double ROUNDING = 1e-9;

  private final OutlierSettings settings;
  private final LoadView loads;
  private final Map<Incarnation, History> histories = new HashMap<>();
  private int ejectedNow;
  private long judgedAtNanos;

  OutlierDetector(OutlierSettings settings, LoadView loads, long nowNanos) {
    this.settings = settings;
    this.loads = loads;
    this.judgedAtNanos = nowNanos;
  }

  boolean isEjected(Endpoint endpoint) {
    History history = histories.get(Incarnation.of(endpoint));
    return history != null && history.ejected;
  }

  /**
   * Whether the latest error in a row makes them as many as eject an endpoint, or a multiple of it,
   * so that one that may not be ejected is not judged at every error. Errors that are told together
   * may step over it: then the next sweep judges. Any thread may ask.
   */
  boolean isDue(LiveLoad load) {
    int errors = load.failures().inARow();
    return errors > 0 && errors % settings.consecutiveErrors() == 0;
  }

  /**
   * Judges one endpoint by its errors in a row; says whether it is ejected now. Costs the same
   * however many there are, so that a storm of failures costs no more than its endpoints.
   *
   * @param of how many could be picked or are ejected
   */
  boolean judge(Endpoint endpoint, int of, long nowNanos) {
    return !isEjected(endpoint)
        && loads
            .of(endpoint)
            .failures()
            .areInARow(settings.consecutiveErrors(), settings.minimumClients())
        && eject(endpoint, of, nowNanos);
  }

  /** What a sweep did. */
  record Swept(List<Endpoint> ejected, List<Endpoint> returned) {
    boolean isNothing() {
      return ejected.isEmpty() && returned.isEmpty();
    }
  }

  /** Forgets all but these: one that is out of reach for a moment stays ejected. */
  void retain(List<Endpoint> registered) {
    if (!histories.isEmpty()) {
      histories
          .keySet()
          .retainAll(registered.stream().map(Incarnation::of).collect(Collectors.toSet()));
      ejectedNow = (int) histories.values().stream().filter(history -> history.ejected).count();
    }
  }

  /** Judges these endpoints, which are all that could be picked or are ejected. */
  Swept sweep(List<Endpoint> endpoints, long nowNanos) {
    boolean judges = nowNanos - judgedAtNanos >= settings.interval().toNanos();
    if (judges) {
      forgiveOneEjection();
    }
    List<Endpoint> returned =
        endpoints.stream().filter(e -> isEjected(e) && isOver(e, nowNanos)).toList();
    returned.forEach(this::letBack);
    List<Endpoint> before = endpoints.stream().filter(e -> !isEjected(e)).toList();
    before.forEach(e -> judge(e, endpoints.size(), nowNanos));
    if (judges) {
      judgedAtNanos = nowNanos;
      judgeRates(endpoints, nowNanos);
    }
    return new Swept(before.stream().filter(this::isEjected).toList(), returned);
  }

  private void judgeRates(List<Endpoint> endpoints, long now) {
    var rule = settings.failurePercentage();
    boolean areEnough = busyEnough(endpoints, rule.requestVolume(), now) >= rule.minimumHosts();
    double worstSuccess = worstUsualSuccess(endpoints, now);
    for (Endpoint endpoint : endpoints) {
      double errors = loads.of(endpoint).failures().errorShare();
      boolean failsNearlyAlways =
          areEnough
              && loads.of(endpoint).failures().outcomes(now) >= rule.requestVolume()
              && errors * 100 > rule.threshold();
      boolean standsOut =
          loads.of(endpoint).failures().outcomes(now) >= settings.successRate().requestVolume()
              && 1 - errors < worstSuccess;
      if ((failsNearlyAlways || standsOut)
          && loads.of(endpoint).failures().areSeveralHurt(settings.minimumClients())
          && !isEjected(endpoint)) {
        eject(endpoint, endpoints.size(), now);
      }
    }
  }

  /** The success rate below which an endpoint stands out; 0 if there are too few to tell. */
  private double worstUsualSuccess(List<Endpoint> endpoints, long now) {
    var rule = settings.successRate();
    double[] rates =
        endpoints.stream()
            .filter(e -> isBusyEnough(e, rule.requestVolume(), now))
            .mapToDouble(e -> 1 - loads.of(e).failures().errorShare())
            .toArray();
    if (rates.length < rule.minimumHosts()) {
      return 0;
    }
    double mean = 0;
    double squares = 0;
    for (double rate : rates) {
      mean += rate / rates.length;
      squares += rate * rate / rates.length;
    }
    double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
    return mean - deviation * rule.stdevFactor() / 1_000 - ROUNDING;
  }

  private long busyEnough(List<Endpoint> endpoints, int requestVolume, long now) {
    return endpoints.stream().filter(e -> isBusyEnough(e, requestVolume, now)).count();
  }

  private boolean isBusyEnough(Endpoint endpoint, int requestVolume, long now) {
    return !isEjected(endpoint) && loads.of(endpoint).failures().outcomes(now) >= requestVolume;
  }

  private boolean eject(Endpoint endpoint, int of, long now) {
    if (ejectedNow * 100L >= (long) settings.maxEjectionPercent() * of) {
      return false;
    }
    ejectedNow++;
    History history = histories.computeIfAbsent(Incarnation.of(endpoint), key -> new History());
    history.ejected = true;
    history.ejections++;
    history.ejectedAtNanos = now;
    return true;
  }

  private boolean isOver(Endpoint endpoint, long now) {
    History history = histories.get(Incarnation.of(endpoint));
    if (history == null) {
      return false;
    }
    long most =
        Math.max(settings.baseEjectionTime().toNanos(), settings.maxEjectionTime().toNanos());
    long wanted = settings.baseEjectionTime().toNanos() * history.ejections;
    return now - history.ejectedAtNanos >= Math.min(wanted, most);
  }

  /** The endpoint starts with a clean sheet, but it is remembered that it was ejected. */
  void letBack(Endpoint endpoint) {
    loads.of(endpoint).failures().forget();
    History history = histories.get(Incarnation.of(endpoint));
    if (history != null && history.ejected) {
      history.ejected = false;
      ejectedNow--;
    }
  }

  /** Of those that have not been ejected since the last time. */
  private void forgiveOneEjection() {
    histories.values().stream()
        .filter(history -> !history.ejected && history.ejections > 0)
        .forEach(history -> history.ejections--);
  }
}
