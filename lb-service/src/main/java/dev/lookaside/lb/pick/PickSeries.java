package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.lb.labels.EndpointLabels;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The series of picks that somebody got: one for each endpoint and policy, as far as {@link
 * EndpointLabels} names the endpoint, and one for all others of a service. No pick is lost or
 * counted twice when an endpoint goes from one to the other.
 */
final class PickSeries {
  private record Id(String service, String endpoint) {
    static Id of(Answer answer) {
      return new Id(answer.endpoint().service(), answer.endpoint().id());
    }
  }

  private record OtherId(String service, String policy) {
    static OtherId of(Answer answer) {
      return new OtherId(answer.endpoint().service(), answer.policy());
    }
  }

  /** An answer, the picks of it that were counted elsewhere, and its own series if it has one. */
  private record Counted(Answer answer, long before, @Nullable Meter own) {
    long picks() {
      return answer.picks().sum() - before;
    }
  }

  private final MeterRegistry meters;
  private final EndpointLabels labels;
  private final Map<Id, Counted> counted = new HashMap<>();

  /** What others had counted that are gone, or have series of their own by now. */
  private final Map<OtherId, Long> settled = new HashMap<>();

  PickSeries(MeterRegistry meters, EndpointLabels labels) {
    this.meters = meters;
    this.labels = labels;
  }

  synchronized void add(Answer answer) {
    remove(answer);
    count(answer);
  }

  /** Removes the series of an endpoint, by whatever policy. */
  synchronized void remove(Answer answer) {
    Counted last = counted.remove(Id.of(answer));
    if (last != null) {
      settle(last);
    }
  }

  /** Takes note that other endpoints have series of their own. */
  synchronized void relabel() {
    for (Counted each : Map.copyOf(counted).values()) {
      if (labels.isNamed(each.answer.endpoint()) != (each.own != null)) {
        settle(each);
        count(each.answer);
      }
    }
  }

  /** Forgets services; their meters go with all others of theirs. */
  synchronized void forget(Set<String> gone) {
    counted.keySet().removeIf(id -> gone.contains(id.service));
    settled.keySet().removeIf(id -> gone.contains(id.service));
  }

  private void count(Answer answer) {
    Endpoint endpoint = answer.endpoint();
    long before = answer.picks().sum();
    Meter own = null;
    if (labels.isNamed(endpoint)) {
      own = register(answer, endpoint.id(), () -> answer.picks().sum() - before);
    } else {
      OtherId others = OtherId.of(answer);
      if (settled.putIfAbsent(others, 0L) == null) {
        var unused = register(answer, EndpointLabels.OTHER, () -> picks(others));
      }
    }
    counted.put(Id.of(answer), new Counted(answer, before, own));
  }

  private void settle(Counted last) {
    if (last.own != null) {
      meters.remove(last.own);
    } else {
      settled.computeIfPresent(OtherId.of(last.answer), (id, picks) -> picks + last.picks());
    }
  }

  private synchronized long picks(OtherId others) {
    return settled.getOrDefault(others, 0L)
        + counted.values().stream()
            .filter(each -> each.own == null && OtherId.of(each.answer).equals(others))
            .mapToLong(Counted::picks)
            .sum();
  }

  private Meter register(Answer answer, String label, LongSupplier picks) {
    return FunctionCounter.builder("lookaside.picks", picks, count -> (double) count.getAsLong())
        .description(PickMeters.DESCRIPTION)
        .tags(PickMeters.tags(answer.endpoint().service(), answer.policy(), label, "picked"))
        .register(meters);
  }
}
