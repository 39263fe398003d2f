package dev.lookaside.lb.adminrpc;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.policy.Moment;
import dev.lookaside.lb.explain.Considered;
import dev.lookaside.v1.Candidate;
import dev.lookaside.v1.Explanation;

/** Explanations as messages. */
final class ExplanationCodec {
  private ExplanationCodec() {}

  static Explanation write(dev.lookaside.lb.explain.Explanation explanation) {
    Moment moment = explanation.decision().moment();
    var message =
        Explanation.newBuilder()
            .setService(explanation.service())
            .setAt(StatusCodec.write(explanation.at()))
            .setTableVersion(explanation.tableVersion())
            .setPolicy(explanation.policy())
            .setRuleId(moment.rule().name())
            .setRule(explanation.decision().rule())
            .setChosenId(explanation.decision().chosen().map(Endpoint::id).orElse(""))
            .setSeed(moment.seed())
            .putAllState(moment.state())
            .addAllExcludedEndpointIds(moment.request().excludedIds())
            .setAffinityKey(moment.request().affinityKey().orElse(""))
            .setClientId(explanation.clientId());
    explanation.candidates().forEach(candidate -> message.addCandidates(write(candidate)));
    return message.build();
  }

  private static Candidate write(Considered considered) {
    var candidate =
        Candidate.newBuilder()
            .setEndpointId(considered.endpoint().id())
            .setPlace(considered.place())
            .setStanding(considered.standing())
            .setReason(considered.reason())
            .putAllValues(considered.values())
            .setWeight(considered.endpoint().weight())
            .setCapacity(considered.endpoint().capacity());
    considered.load().ifPresent(load -> candidate.setLoad(StatusCodec.write(load)));
    considered.inFlight().ifPresent(candidate::setInFlight);
    considered.latency().ifPresent(latency -> candidate.setLatency(StatusCodec.write(latency)));
    return candidate.build();
  }
}
