package dev.lookaside.lb.report;

import dev.lookaside.lb.proof.Ignored;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Counts what is taken of what clients report, and why the rest is not. */
public final class Takings {
  private final Counter accepted;
  private final Map<Ignored, Counter> ignored = new EnumMap<>(Ignored.class);

  public Takings(MeterRegistry meters, String name, String description) {
    accepted = counter(meters, name, description, "accepted", "none");
    for (Ignored reason : Ignored.values()) {
      ignored.put(reason, counter(meters, name, description, "ignored", reason.tag()));
    }
  }

  /** Counts one; says whether it is taken, which it is without a reason why not. */
  public boolean count(Optional<Ignored> reason) {
    reason.map(why -> Objects.requireNonNull(ignored.get(why))).orElse(accepted).increment();
    return reason.isEmpty();
  }

  private static Counter counter(
      MeterRegistry meters, String name, String description, String result, String reason) {
    return Counter.builder(name)
        .description(description)
        .tags("result", result, "reason", reason)
        .register(meters);
  }
}
