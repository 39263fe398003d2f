package dev.lookaside.lb.names;

import dev.lookaside.wire.dial.HostLookup.Found;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** Counts how look-ups end. */
final class LookupMeters {
  private final Counter found;
  private final Counter unknown;
  private final Counter refused;

  LookupMeters(MeterRegistry meters, Supplier<Number> names) {
    this.found = counter("found", meters);
    this.unknown = counter("unknown", meters);
    this.refused = counter("refused", meters);
    Gauge.builder("lookaside.xds.names", names)
        .description("Names of endpoints' hosts that are looked up for xDS clients")
        .register(meters);
  }

  private static Counter counter(String result, MeterRegistry meters) {
    return Counter.builder("lookaside.xds.lookups")
        .description("Look-ups of endpoints' hosts for xDS clients, by how they ended")
        .tag("result", result)
        .register(meters);
  }

  void answered(Found answer) {
    if (answer instanceof Found.Hosts) {
      found.increment();
    } else if (answer instanceof Found.Refused) {
      refused.increment();
    } else {
      unknown.increment();
    }
  }
}
