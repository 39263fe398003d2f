package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.v1.PickResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer for each endpoint, so that a pick looks up no meter and writes nothing but its
 * token.
 */
public final class Answers {
  private final PickTokens tokens;
  private final MeterRegistry meters;
  private final ConcurrentMap<String, ConcurrentMap<String, Answer>> services =
      new ConcurrentHashMap<>();

  public Answers(PickTokens tokens, MeterRegistry meters) {
    this.tokens = tokens;
    this.meters = meters;
  }

  Answer of(Endpoint endpoint, String policy) {
    return of(endpoint, policy, endpoint.id());
  }

  /** Of one part of a blend, which takes turns with others. */
  Answer ofBranch(Endpoint endpoint, String policy) {
    return of(endpoint, policy, branch(endpoint, policy));
  }

  private Answer of(Endpoint endpoint, String policy, String key) {
    Map<String, Answer> known = services.get(endpoint.service());
    Answer answer = known == null ? null : known.get(key);
    return answer != null && answer.isFor(endpoint, policy) ? answer : make(endpoint, policy, key);
  }

  /** How often an endpoint was picked since it came. */
  public long picks(Endpoint endpoint) {
    Map<String, Answer> known = services.get(endpoint.service());
    if (known == null) {
      return 0;
    }
    double picks = count(known.get(endpoint.id()));
    for (String policy : Policies.names()) {
      picks += count(known.get(branch(endpoint, policy)));
    }
    return (long) picks;
  }

  private static double count(@Nullable Answer answer) {
    return answer == null ? 0 : answer.picks().count();
  }

  private static String branch(Endpoint endpoint, String policy) {
    return endpoint.id() + "/" + policy;
  }

  /** The answer to one pick, which this client may report on once. */
  PickResponse response(Answer answer, Peer client) {
    client.picked();
    return answer.with(tokens.issue(answer.digest(), client.originDigest()));
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

  private Answer make(Endpoint endpoint, String policy, String key) {
    boolean isBranch = !key.equals(endpoint.id());
    Answer answer =
        Answer.of(
            endpoint,
            policy,
            isBranch
                ? tokens.digest(endpoint.service(), endpoint.id(), endpoint.incarnation(), policy)
                : tokens.digest(endpoint.service(), endpoint.id(), endpoint.incarnation()),
            PickMeters.picks(meters, endpoint.service(), policy, endpoint.id(), "picked"));
    Answer before =
        services
            .computeIfAbsent(endpoint.service(), name -> new ConcurrentHashMap<>())
            .put(key, answer);
    if (before != null && !before.policy().equals(policy)) {
      meters.remove(before.picks());
    }
    return answer;
  }
}
