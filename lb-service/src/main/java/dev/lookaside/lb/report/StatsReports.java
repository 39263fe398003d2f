package dev.lookaside.lb.report;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.proof.Ignored;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.StatsCodec;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * Tells the balancer what clients that pick by themselves have seen: how calls ended, for ejection
 * and for what it knows of speed, and how many are going on, for endpoints that report no load. It
 * takes what a subscriber can know, and no more calls than one process can make.
 */
public final class StatsReports {
  private final Balancer balancer;
  private final LoadTracker loads;
  private final CallMeters calls;
  private final Recorder recorder;
  private final Ticker ticker;
  private final Takings takings;

  public StatsReports(
      Balancer balancer,
      LoadTracker loads,
      CallMeters calls,
      Recorder recorder,
      Ticker ticker,
      MeterRegistry meters) {
    this.balancer = balancer;
    this.loads = loads;
    this.calls = calls;
    this.recorder = recorder;
    this.ticker = ticker;
    this.takings =
        new Takings(meters, "lookaside.stats", "Statistics of endpoints that clients reported");
  }

  /** Takes one client's stream of statistics. */
  public StreamObserver<ClientStats> open(StreamObserver<StatsSummary> client) {
    return new Stream(Peers.current(), client);
  }

  /** Called by one thread at a time, as gRPC does. */
  private final class Stream implements StreamObserver<ClientStats> {
    private final Peer by;
    private final StreamObserver<StatsSummary> client;
    private final Claims claims = new Claims(loads);
    private long accepted;
    private long ignored;
    private boolean over;

    Stream(Peer by, StreamObserver<StatsSummary> client) {
      this.by = by;
      this.client = client;
    }

    @Override
    public void onNext(ClientStats stats) {
      if (over) {
        return;
      }
      try {
        take(stats);
      } catch (RuntimeException e) {
        // gRPC would end the call, and not say so here: what is claimed would be so for ever.
        leave();
        client.onError(Refusals.internal(e));
      }
    }

    private void take(ClientStats stats) {
      Optional<Ignored> reason = objection(stats);
      for (EndpointStats each : stats.getEndpointsList()) {
        boolean taken = takings.count(reason.isPresent() ? reason : take(stats, each));
        accepted += taken ? 1 : 0;
        ignored += taken ? 0 : 1;
      }
    }

    private Optional<Ignored> objection(ClientStats stats) {
      if (StatsCodec.interval(stats).isEmpty()) {
        return Optional.of(Ignored.MALFORMED);
      }
      return by.isSubscribedTo(stats.getService())
          ? Optional.empty()
          : Optional.of(Ignored.UNSUBSCRIBED);
    }

    /** Empty if it is taken. */
    private Optional<Ignored> take(ClientStats message, EndpointStats stats) {
      String service = message.getService();
      Optional<LiveLoad> load = loads.find(service, stats.getEndpointId(), stats.getIncarnation());
      if (load.isEmpty()) {
        return Optional.of(Ignored.UNKNOWN);
      }
      Optional<EndpointCounts> read = StatsCodec.read(stats);
      if (read.isEmpty()) {
        return Optional.of(Ignored.MALFORMED);
      }
      EndpointCounts counts = read.get();
      if (!by.canHaveMade(Math.max(counts.issued(), counts.totalEnded()), ticker.nanos())) {
        return Optional.of(Ignored.IMPLAUSIBLE);
      }
      StatsReading reading = StatsReading.of(counts);
      reading.ended().forEach((ending, count) -> calls.ended(service, ending, count));
      calls.took(service, reading.took());
      Incarnation of = new Incarnation(stats.getEndpointId(), stats.getIncarnation());
      claims.set(load.get(), service, of, counts.inProgress());
      boolean known =
          balancer.counted(by.reporter(), service, of.id(), of.incarnation(), reading.tally());
      if (!known) {
        return Optional.of(Ignored.UNKNOWN);
      }
      StatsCodec.interval(message)
          .ifPresent(interval -> recorder.counted(this, service, interval, counts));
      return Optional.empty();
    }

    private void leave() {
      over = true;
      claims.giveBack();
    }

    @Override
    public void onError(Throwable cancelled) {
      leave();
    }

    @Override
    public void onCompleted() {
      if (over) {
        return;
      }
      leave();
      client.onNext(StatsSummary.newBuilder().setAccepted(accepted).setIgnored(ignored).build());
      client.onCompleted();
    }
  }
}
