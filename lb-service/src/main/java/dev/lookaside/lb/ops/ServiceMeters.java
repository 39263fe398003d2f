package dev.lookaside.lb.ops;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;

/** Every meter that has a service in its labels, whoever made it. */
public final class ServiceMeters {
  private static final String LABEL = "service";

  private final MeterRegistry meters;

  public ServiceMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** Removes those of services that are gone; who keeps meters in a map forgets them as well. */
  public void forget(Set<String> gone) {
    meters.getMeters().stream()
        .filter(meter -> {
          String its = meter.getId().getTag(LABEL);
          return its != null && gone.contains(its);
        })
        .forEach(meters::remove);
  }
}
