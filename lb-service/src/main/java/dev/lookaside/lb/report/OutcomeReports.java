package dev.lookaside.lb.report;

import com.google.protobuf.util.Durations;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** Tells the load tracker which picks have completed. */
public final class OutcomeReports {
  private static final int MAX_STATUS_CODE = Status.Code.values().length - 1;

  private final LoadTracker loads;
  private final Counter accepted;
  private final Counter ignored;

  public OutcomeReports(LoadTracker loads, MeterRegistry meters) {
    this.loads = loads;
    this.accepted = outcomes(meters, "accepted");
    this.ignored = outcomes(meters, "ignored");
  }

  /** Takes one client's stream of outcomes. */
  public StreamObserver<Outcome> open(StreamObserver<ReportSummary> client) {
    return new Stream(client);
  }

  private boolean take(Outcome outcome) {
    boolean taken =
        isWellFormed(outcome)
            && loads.completed(
                outcome.getService(),
                outcome.getEndpointId(),
                outcome.getIncarnation(),
                new Completion(latency(outcome), ending(outcome.getStatusCode())));
    (taken ? accepted : ignored).increment();
    return taken;
  }

  private static boolean isWellFormed(Outcome outcome) {
    return outcome.getStatusCode() >= 0
        && outcome.getStatusCode() <= MAX_STATUS_CODE
        && Durations.isValid(outcome.getLatency())
        && !Durations.isNegative(outcome.getLatency());
  }

  private static Duration latency(Outcome outcome) {
    return Duration.ofSeconds(outcome.getLatency().getSeconds(), outcome.getLatency().getNanos());
  }

  /** What a status says about the endpoint, rather than about the caller. */
  private static Completion.Ending ending(int statusCode) {
    return switch (Status.fromCodeValue(statusCode).getCode()) {
      case CANCELLED -> Completion.Ending.CANCELLED;
      case UNKNOWN,
          DEADLINE_EXCEEDED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE,
          UNIMPLEMENTED,
          DATA_LOSS ->
          Completion.Ending.FAILED;
      case OK,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          OUT_OF_RANGE,
          UNAUTHENTICATED ->
          Completion.Ending.SUCCEEDED;
    };
  }

  private static Counter outcomes(MeterRegistry meters, String result) {
    return Counter.builder("lookaside.outcomes")
        .description("Outcomes of calls that clients reported")
        .tag("result", result)
        .register(meters);
  }

  private final class Stream implements StreamObserver<Outcome> {
    private final StreamObserver<ReportSummary> client;
    private long acceptedHere;
    private long ignoredHere;

    Stream(StreamObserver<ReportSummary> client) {
      this.client = client;
    }

    @Override
    public void onNext(Outcome outcome) {
      if (take(outcome)) {
        acceptedHere++;
      } else {
        ignoredHere++;
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
