package dev.lookaside.lb.report;

import dev.lookaside.core.load.Completion.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** What became of the calls that one part of a blend picked for. */
record Branch(Counter succeeded, Counter failed, Counter seconds) {
  private static final double NANOS_PER_SECOND = 1e9;

  static Branch of(MeterRegistry meters, String service, String policy) {
    return new Branch(
        calls(meters, service, policy, "succeeded"),
        calls(meters, service, policy, "failed"),
        Counter.builder("lookaside.branch.calls.duration")
            .description("Time of the calls that succeeded, by the part of the blend that picked")
            .baseUnit("seconds")
            .tags("service", service, "policy", policy)
            .register(meters));
  }

  private static Counter calls(
      MeterRegistry meters, String service, String policy, String outcome) {
    return Counter.builder("lookaside.branch.calls")
        .description("Calls, as clients report them, by the part of the blend that picked")
        .tags("service", service, "policy", policy, "outcome", outcome)
        .register(meters);
  }

  void ended(Ending ending, Duration latency) {
    if (ending == Ending.SUCCEEDED) {
      succeeded.increment();
      seconds.increment(latency.toNanos() / NANOS_PER_SECOND);
    } else {
      failed.increment();
    }
  }

  BranchStatus status(String policy) {
    double calls = succeeded.count();
    return new BranchStatus(
        policy,
        (long) calls,
        (long) failed.count(),
        calls == 0
            ? Duration.ZERO
            : Duration.ofNanos((long) (seconds.count() / calls * NANOS_PER_SECOND)));
  }
}
