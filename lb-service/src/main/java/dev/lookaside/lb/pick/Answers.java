package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Keeps the answer for each endpoint, so that a pick builds no message and looks up no meter. */
public final class Answers {
  private final MeterRegistry meters;
  private final ConcurrentMap<String, ConcurrentMap<String, Answer>> services =
      new ConcurrentHashMap<>();

  public Answers(MeterRegistry meters) {
    this.meters = meters;
  }

  Answer of(Endpoint endpoint, String policy) {
    Map<String, Answer> known = services.get(endpoint.service());
    Answer answer = known == null ? null : known.get(endpoint.id());
    return answer != null && answer.isFor(endpoint, policy) ? answer : make(endpoint, policy);
  }

  /** Forgets the endpoints of the table's service that are not in the table, and their meters. */
  public void retain(EndpointTable table) {
    Map<String, Answer> known = services.getOrDefault(table.service(), new ConcurrentHashMap<>());
    known
        .values()
        .removeIf(answer -> {
          boolean gone = table.find(answer.endpoint().id()).isEmpty();
          if (gone) {
            meters.remove(answer.picks());
          }
          return gone;
        });
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
  }

  private Answer make(Endpoint endpoint, String policy) {
    Answer answer =
        Answer.of(
            endpoint,
            policy,
            PickMeters.picks(meters, endpoint.service(), policy, endpoint.id(), "picked"));
    Answer before =
        services
            .computeIfAbsent(endpoint.service(), name -> new ConcurrentHashMap<>())
            .put(endpoint.id(), answer);
    if (before != null && !before.policy().equals(policy)) {
      meters.remove(before.picks());
    }
    return answer;
  }
}
