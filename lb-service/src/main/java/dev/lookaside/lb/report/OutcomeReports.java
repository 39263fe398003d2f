package dev.lookaside.lb.report;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.load.Completion;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.proof.Ignored;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.lb.proof.Redemption;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.v1.Outcome;
import dev.lookaside.v1.ReportSummary;
import dev.lookaside.wire.Durations;
import dev.lookaside.wire.StatusEndings;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the balancer how picks have ended: its own, each once, as their tokens prove. */
public final class OutcomeReports {
  private static final Logger log = LoggerFactory.getLogger(OutcomeReports.class);

  private final Balancer balancer;
  private final PickTokens tokens;
  private final Branches branches;
  private final CallMeters calls;
  private final Recorder recorder;
  private final Takings takings;
  private final Ticker ticker;

  public OutcomeReports(
      Balancer balancer,
      PickTokens tokens,
      Branches branches,
      CallMeters calls,
      Recorder recorder,
      Ticker ticker,
      MeterRegistry meters) {
    this.balancer = balancer;
    this.tokens = tokens;
    this.branches = branches;
    this.calls = calls;
    this.recorder = recorder;
    this.ticker = ticker;
    this.takings =
        new Takings(meters, "lookaside.outcomes", "Outcomes of calls that clients reported");
  }

  /** Takes one client's stream of outcomes. */
  public StreamObserver<Outcome> open(StreamObserver<ReportSummary> client) {
    return new Stream(Peers.current(), client);
  }

  /** Empty if it is taken. */
  private Optional<Ignored> take(Peer by, Outcome outcome) {
    Optional<Ending> ending = StatusEndings.of(outcome.getStatusCode());
    Optional<Duration> latency = Durations.read(outcome.getLatency(), Durations.YEAR);
    if (ending.isEmpty() || latency.isEmpty()) {
      return Optional.of(Ignored.MALFORMED);
    }
    Redemption redemption = redeem(by, outcome);
    Optional<Branch> branch = Optional.empty();
    if (redemption instanceof Redemption.Bad bad && bad.reason() == Ignored.FORGED) {
      for (String part : parts(outcome.getService())) {
        redemption = redeemBranch(by, outcome, part);
        if (redemption instanceof Redemption.Good) {
          branch = Optional.of(branches.of(outcome.getService(), part));
          break;
        }
      }
    }
    if (redemption instanceof Redemption.Good good) {
      Duration likely = good.likely(latency.get(), ticker.nanos());
      Completion completion = new Completion(likely, ending.get(), good.pickedAtNanos());
      Optional<Ignored> ignored = completed(by, outcome, completion);
      if (ignored.isEmpty()) {
        recorder.ended(outcome.getService(), outcome.getEndpointId(), completion);
        branch.ifPresent(part -> part.ended(ending.get(), likely));
      }
      return ignored;
    }
    return Optional.of(((Redemption.Bad) redemption).reason());
  }

  private List<String> parts(String service) {
    return balancer
        .find(service)
        .map(known -> branches.partsOf(service, known.snapshot().policy()))
        .orElse(List.of());
  }

  private Redemption redeemBranch(Peer by, Outcome outcome, String part) {
    long endpoint =
        tokens.digest(
            outcome.getService(), outcome.getEndpointId(), outcome.getIncarnation(), part);
    return tokens.redeem(outcome.getToken(), endpoint, by.originDigest());
  }

  private Optional<Ignored> completed(Peer by, Outcome outcome, Completion completion) {
    String service = outcome.getService();
    boolean known =
        balancer.completed(
            by.reporter(), service, outcome.getEndpointId(), outcome.getIncarnation(), completion);
    if (!known) {
      return Optional.of(Ignored.UNKNOWN);
    }
    calls.ended(service, completion.ending(), 1);
    return Optional.empty();
  }

  /** An older client returns no token: it may report as many outcomes as it was given picks. */
  private Redemption redeem(Peer by, Outcome outcome) {
    boolean wasPicked = by.reportOne();
    if (!outcome.getToken().isEmpty()) {
      long endpoint =
          tokens.digest(outcome.getService(), outcome.getEndpointId(), outcome.getIncarnation());
      return tokens.redeem(outcome.getToken(), endpoint, by.originDigest());
    }
    return wasPicked ? Redemption.Good.UNDATED : new Redemption.Bad(Ignored.UNPICKED);
  }

  private final class Stream implements StreamObserver<Outcome> {
    private final Peer by;
    private final StreamObserver<ReportSummary> client;
    private long accepted;
    private long ignored;

    Stream(Peer by, StreamObserver<ReportSummary> client) {
      this.by = by;
      this.client = client;
    }

    /** One outcome that cannot be taken is no reason to lose those that follow. */
    @Override
    public void onNext(Outcome outcome) {
      try {
        if (takings.count(take(by, outcome))) {
          accepted++;
          return;
        }
      } catch (RuntimeException e) {
        log.error("an outcome could not be taken", e);
      }
      ignored++;
    }

    @Override
    public void onError(Throwable cancelled) {
      // The client is gone; what it said before counts.
    }

    @Override
    public void onCompleted() {
      client.onNext(ReportSummary.newBuilder().setAccepted(accepted).setIgnored(ignored).build());
      client.onCompleted();
    }
  }
}
