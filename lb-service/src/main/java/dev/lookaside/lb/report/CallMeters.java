package dev.lookaside.lb.report;

import dev.lookaside.core.load.Completion.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Counts what clients say became of their calls. Only for services that have endpoints. */
public final class CallMeters {
  private static final double NANOS_PER_SECOND = 1e9;

  private record OfService(Map<Ending, Counter> byEnding, Counter seconds) {
    double total(Ending ending) {
      return Objects.requireNonNull(byEnding.get(ending)).count();
    }
  }

  private final MeterRegistry meters;
  private final ConcurrentMap<String, OfService> services = new ConcurrentHashMap<>();

  public CallMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  public void ended(String service, Ending ending, long count) {
    Objects.requireNonNull(of(service).byEnding.get(ending)).increment((double) count);
  }

  /** How long calls that succeeded took, all together. */
  void took(String service, Duration time) {
    of(service).seconds.increment(time.toNanos() / NANOS_PER_SECOND);
  }

  /** What was reported of a service so far; nothing if nobody reported. */
  public CallTotals totals(String service) {
    OfService known = services.get(service);
    return known == null
        ? CallTotals.NONE
        : new CallTotals(
            known.total(Ending.SUCCEEDED),
            known.total(Ending.FAILED),
            known.total(Ending.REFUSED),
            known.seconds.count());
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
  }

  private OfService of(String service) {
    return services.computeIfAbsent(service, this::register);
  }

  private OfService register(String service) {
    return new OfService(
        Arrays.stream(Ending.values())
            .collect(Collectors.toMap(Function.identity(), ending -> calls(service, ending))),
        Counter.builder("lookaside.calls.duration")
            .description("Time of the calls that succeeded, as clients report it")
            .baseUnit("seconds")
            .tag("service", service)
            .register(meters));
  }

  private Counter calls(String service, Ending ending) {
    return Counter.builder("lookaside.calls")
        .description("Calls to endpoints, as clients report them")
        .tags("service", service, "outcome", ending.name().toLowerCase(Locale.ROOT))
        .register(meters);
  }
}
