package dev.lookaside.lb.report;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.witness.Reporter;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.wire.Durations;
import dev.lookaside.wire.StatusEndings;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the balancer how picks have ended. */
public final class OutcomeReports {
  private static final Logger log = LoggerFactory.getLogger(OutcomeReports.class);

  private final Balancer balancer;
  private final CallMeters calls;
  private final Counter accepted;
  private final Counter ignored;

  public OutcomeReports(Balancer balancer, CallMeters calls, MeterRegistry meters) {
    this.balancer = balancer;
    this.calls = calls;
    this.accepted = outcomes(meters, "accepted");
    this.ignored = outcomes(meters, "ignored");
  }

  /** Takes one client's stream of outcomes. */
  public StreamObserver<Outcome> open(StreamObserver<ReportSummary> client) {
    return new Stream(Peers.current().reporter(), client);
  }

  private boolean take(Reporter by, Outcome outcome) {
    Optional<Ending> ending = StatusEndings.of(outcome.getStatusCode());
    Optional<Duration> latency = Durations.read(outcome.getLatency(), Durations.YEAR);
    boolean taken =
        ending.isPresent()
            && latency.isPresent()
            && balancer.completed(
                by,
                outcome.getService(),
                outcome.getEndpointId(),
                outcome.getIncarnation(),
                new Completion(latency.get(), ending.get()));
    (taken ? accepted : ignored).increment();
    if (taken) {
      calls.ended(outcome.getService(), ending.get(), 1);
    }
    return taken;
  }

  private static Counter outcomes(MeterRegistry meters, String result) {
    return Counter.builder("lookaside.outcomes")
        .description("Outcomes of calls that clients reported")
        .tag("result", result)
        .register(meters);
  }

  private final class Stream implements StreamObserver<Outcome> {
    private final Reporter by;
    private final StreamObserver<ReportSummary> client;
    private long acceptedHere;
    private long ignoredHere;

    Stream(Reporter by, StreamObserver<ReportSummary> client) {
      this.by = by;
      this.client = client;
    }

    @Override
    public void onNext(Outcome outcome) {
      if (isTaken(outcome)) {
        acceptedHere++;
      } else {
        ignoredHere++;
      }
    }

    /** One outcome that cannot be taken is no reason to lose those that follow. */
    private boolean isTaken(Outcome outcome) {
      try {
        return take(by, outcome);
      } catch (RuntimeException e) {
        log.error("an outcome could not be taken", e);
        return false;
      }
    }

    @Override
    public void onError(Throwable cancelled) {
      // The client is gone; what it said before counts.
    }

    @Override
    public void onCompleted() {
      client.onNext(
          ReportSummary.newBuilder().setAccepted(acceptedHere).setIgnored(ignoredHere).build());
      client.onCompleted();
    }
  }
}
