package dev.lookaside.lb.pick;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.v1.PickResponse;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answer for each endpoint, so that a pick looks up no meter and writes nothing but its
 * token.
 */
public final class Answers {
  private static final ConcurrentMap<String, Answer> NONE = new ConcurrentHashMap<>();

  private final PickTokens tokens;
  private final PickSeries series;
  private final ConcurrentMap<String, ConcurrentMap<String, Answer>> services =
      new ConcurrentHashMap<>();
  private final ConcurrentMap<String, ConcurrentMap<String, Answer>> branches =
      new ConcurrentHashMap<>();

  public Answers(PickTokens tokens, MeterRegistry meters, EndpointLabels labels) {
    this.tokens = tokens;
    this.series = new PickSeries(meters, labels);
    labels.listen(series::relabel);
  }

  Answer of(Endpoint endpoint, String policy) {
    Map<String, Answer> known = services.get(endpoint.service());
    Answer answer = known == null ? null : known.get(endpoint.id());
    return answer != null && answer.isFor(endpoint, policy) ? answer : make(endpoint, policy);
  }

  /** The answer of one part of a blend; its picks count as the blend's. */
  Answer ofBranch(Endpoint endpoint, String blend, String part) {
    Answer whole = of(endpoint, blend);
    Map<String, Answer> known =
        branches.computeIfAbsent(endpoint.service(), name -> new ConcurrentHashMap<>());
    String key = endpoint.id() + "/" + part;
    Answer answer = known.get(key);
    if (answer == null || !answer.isFor(endpoint, part) || !whole.picks().equals(answer.picks())) {
      long digest = tokens.digest(endpoint.service(), endpoint.id(), endpoint.incarnation(), part);
      answer = Answer.of(endpoint, part, digest, whole.picks());
      known.put(key, answer);
    }
    return answer;
  }

  /** The answer to one pick, which this client may report on once. */
  PickResponse response(Answer answer, Peer client) {
    client.picked();
    return answer.with(tokens.issue(answer.digest(), client.originDigest()));
  }

  /** Forgets the endpoints of the table's service that are not in the table, and their meters. */
  public void retain(EndpointTable table) {
    branches
        .getOrDefault(table.service(), NONE)
        .values()
        .removeIf(answer -> table.find(answer.endpoint().id()).isEmpty());
    Map<String, Answer> known = services.getOrDefault(table.service(), NONE);
    known
        .values()
        .removeIf(answer -> {
          boolean gone = table.find(answer.endpoint().id()).isEmpty();
          if (gone) {
            series.remove(answer);
          }
          return gone;
        });
  }

  /** Forgets services; their meters go with all others of theirs. */
  public void forget(Set<String> gone) {
    services.keySet().removeAll(gone);
    branches.keySet().removeAll(gone);
    series.forget(gone);
  }

  /** How often an endpoint was picked since it came, in whatever registration. */
  public long picks(Endpoint endpoint) {
    Answer answer = services.getOrDefault(endpoint.service(), NONE).get(endpoint.id());
    return answer == null ? 0 : answer.picks().sum();
  }

  private Answer make(Endpoint endpoint, String policy) {
    return services
        .computeIfAbsent(endpoint.service(), name -> new ConcurrentHashMap<>())
        .compute(endpoint.id(), (id, before) -> after(before, endpoint, policy));
  }

  private Answer after(@Nullable Answer before, Endpoint endpoint, String policy) {
    long digest = tokens.digest(endpoint.service(), endpoint.id(), endpoint.incarnation());
    LongAdder picks = before == null ? new LongAdder() : before.picks();
    Answer answer = Answer.of(endpoint, policy, digest, picks);
    if (before == null || !before.policy().equals(policy)) {
      series.add(answer);
    }
    return answer;
  }
}
